#include "app/tls_folder.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <sstream>

#include "app/certificate.h"
#include "base/load_error.h"
#include "support/temporary_folder.h"

namespace graphmock::app {
namespace {

using std::chrono::days;
using support::TemporaryFolder;

const std::vector<HostName> kNames = {{"localhost"}, {"127.0.0.1", true}, {"::1", true}};
const base::Instant kNow{days(20'000)};

std::string text_of(const std::filesystem::path& file) {
  std::ifstream stream(file);
  std::stringstream text;
  text << stream.rdbuf();
  return text.str();
}

int mode_of(const std::filesystem::path& file) {
  struct stat status {};
  EXPECT_EQ(::stat(file.c_str(), &status), 0) << file;
  return static_cast<int>(status.st_mode & 0777);
}

TEST(TlsFolder, IsMadeWithKeysThatNobodyElseReads) {
  const TemporaryFolder folder;
  const auto files = open_tls_folder(folder.path() / "a" / "b", kNames, kNow);
  EXPECT_TRUE(text_of(files.authority).starts_with("-----BEGIN CERTIFICATE-----"));
  EXPECT_EQ(mode_of(files.authority), 0644);
  EXPECT_EQ(mode_of(files.key), 0600);
  EXPECT_EQ(mode_of(folder.path() / "a" / "b" / "ca.key"), 0600);
  EXPECT_TRUE(is_good(text_of(files.certificate), text_of(files.authority), kNames, kNow));
}

TEST(TlsFolder, IsKeptFromOneStartToTheNext) {
  const TemporaryFolder folder;
  const auto first = open_tls_folder(folder.path(), kNames, kNow);
  const auto authority = text_of(first.authority), certificate = text_of(first.certificate);
  const auto second = open_tls_folder(folder.path(), kNames, kNow + days(300));
  EXPECT_EQ(text_of(second.authority), authority);
  EXPECT_EQ(text_of(second.certificate), certificate);
}

TEST(TlsFolder, HasACertificateMadeAnewBeforeItsEndAndForFurtherNames) {
  const TemporaryFolder folder;
  const auto files = open_tls_folder(folder.path(), kNames, kNow);
  const auto authority = text_of(files.authority);
  auto before = text_of(files.certificate);
  open_tls_folder(folder.path(), kNames, kNow + days(380));
  EXPECT_NE(text_of(files.certificate), before);
  before = text_of(files.certificate);
  auto more = kNames;
  more.push_back({"graphmock"});
  open_tls_folder(folder.path(), more, kNow + days(380));
  EXPECT_NE(text_of(files.certificate), before);
  EXPECT_TRUE(is_good(text_of(files.certificate), authority, more, kNow + days(380)));
  EXPECT_EQ(text_of(files.authority), authority);
}

// A start that renews the pair, or puts it in a folder, may end at any moment.
TEST(TlsFolder, HasAPairMadeAnewThatDoesNotFit) {
  const TemporaryFolder folder;
  std::filesystem::path certificate, key;
  const auto open = [&] {
    const auto files = open_tls_folder(folder.path(), kNames, kNow);
    certificate = files.certificate;
    key = files.key;
  };
  open();
  const auto authority = text_of(folder.path() / "ca.pem");
  const auto expect_pair = [&](const char* what) {
    EXPECT_NO_THROW(open()) << what;
    EXPECT_TRUE(fits({text_of(certificate), text_of(key)})) << what;
    EXPECT_TRUE(is_good(text_of(certificate), authority, kNames, kNow)) << what;
    EXPECT_EQ(mode_of(key), 0600) << what;
    EXPECT_EQ(text_of(folder.path() / "ca.pem"), authority) << what;
  };
  const auto old = text_of(certificate);
  folder.write("server.key", make_authority(kNow).key);
  expect_pair("a new key beside the old certificate");
  EXPECT_NE(text_of(certificate), old);
  folder.write("server.pem", old);
  expect_pair("an old certificate beside the new key");
  for (const std::string broken : {"", "nonsense", "-----BEGIN PRIVATE KEY-----\nAAAA\n"}) {
    folder.write("server.key", broken);
    expect_pair("a broken key");
    folder.write("server.pem", broken);
    expect_pair("a broken certificate");
  }
  std::filesystem::remove(key);
  expect_pair("no key");
  std::filesystem::remove(certificate);
  expect_pair("no certificate");
  folder.write("server.key.part", "left behind");
  std::filesystem::remove(key);
  expect_pair("a file that came to no end");
}

TEST(TlsFolder, IsChangedByNobodyElseWhileItsFilesAreRead) {
  const TemporaryFolder folder;
  const auto is_locked = [&] {
    const int file = ::open((folder.path() / "lock").c_str(), O_RDWR);
    const bool is_free = ::flock(file, LOCK_EX | LOCK_NB) == 0;
    ::close(file);
    return !is_free;
  };
  bool is_visited = false;
  use_tls_folder(folder.path(), kNames, kNow, [&](const TlsFolder& files) {
    EXPECT_TRUE(is_locked());
    EXPECT_TRUE(fits({text_of(files.certificate), text_of(files.key)}));
    is_visited = true;
  });
  EXPECT_TRUE(is_visited);
  EXPECT_FALSE(is_locked());
}

TEST(TlsFolder, SaysWhichFilesItCannotUse) {
  const TemporaryFolder folder;
  open_tls_folder(folder.path(), kNames, kNow);
  folder.write("ca.pem", "nonsense");
  try {
    open_tls_folder(folder.path(), kNames, kNow);
    FAIL() << "nonsense was taken";
  } catch (const base::LoadFailure& failure) {
    EXPECT_TRUE(failure.errors.at(0).text().starts_with(folder.path().string() + ": this is no"))
        << failure.errors.at(0).text();
  }
  folder.write("file", "");
  try {
    open_tls_folder(folder.path() / "file" / "below", kNames, kNow);
    FAIL() << "a folder below a file was made";
  } catch (const base::LoadFailure& failure) {
    EXPECT_NE(failure.errors.at(0).text().find("--tls-dir"), std::string::npos);
  }
}

TEST(TlsFolder, DoesWithoutTheAuthoritysKeyUntilItHasToSign) {
  const TemporaryFolder folder;
  const auto files = open_tls_folder(folder.path(), kNames, kNow);
  const auto authority = text_of(files.authority);
  std::filesystem::remove(folder.path() / "ca.key");
  open_tls_folder(folder.path(), kNames, kNow);
  EXPECT_EQ(text_of(files.authority), authority);
  try {
    open_tls_folder(folder.path(), {{"example.com"}}, kNow);
    FAIL() << "a certificate was made without the key";
  } catch (const base::LoadFailure& failure) {
    EXPECT_NE(failure.errors.at(0).text().find("ca.key: is not there"), std::string::npos);
  }
  EXPECT_EQ(text_of(files.authority), authority);
}

TEST(TlsFolder, RefusesTheKeyOfAnotherAuthority) {
  const TemporaryFolder folder;
  open_tls_folder(folder.path(), kNames, kNow);
  folder.write("ca.key", make_authority(kNow).key);
  EXPECT_THROW(open_tls_folder(folder.path(), {{"example.com"}}, kNow), base::LoadFailure);
}

TEST(Certificate, IsNoneOfAnotherAuthority) {
  const auto authority = make_authority(kNow), other = make_authority(kNow);
  const auto own = make_server_certificate(authority, kNames, kNow);
  EXPECT_TRUE(is_good(own.certificate, authority.certificate, kNames, kNow));
  EXPECT_FALSE(is_good(own.certificate, other.certificate, kNames, kNow));
  EXPECT_FALSE(is_good(own.certificate, authority.certificate, {{"example.com"}}, kNow));
  EXPECT_FALSE(is_good(own.certificate, authority.certificate, {{"127.0.0.2", true}}, kNow));
}

TEST(Certificate, RefusesWhatIsNone) {
  const auto authority = make_authority(kNow);
  EXPECT_THROW(make_server_certificate({"", authority.key}, kNames, kNow), CertificateError);
  EXPECT_THROW(make_server_certificate({authority.certificate, "x"}, kNames, kNow),
               CertificateError);
  EXPECT_THROW(is_good("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
                       authority.certificate, kNames, kNow),
               CertificateError);
}

}  // namespace
}  // namespace graphmock::app
