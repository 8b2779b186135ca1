// What is TLS's own. That all else holds over it as well is seen to by running the other tests of
// the wire over it.
#include <gtest/gtest.h>
#include <openssl/err.h>
#include <openssl/ssl.h>

#include <fstream>
#include <functional>
#include <latch>
#include <memory>
#include <random>
#include <thread>

#include "support/raw_client.h"
#include "support/temporary_folder.h"
#include "support/tls_files.h"
#include "wire/wire_server.h"

namespace graphmock::wire {
namespace {

using std::chrono::milliseconds;
using support::RawClient;

// Sent as the first bytes of a connection, a handshake begins.
constexpr std::string_view kRecordOfAHandshake("\x16\x03\x01\x02\x00\x01\x00\x01\xFC\x03\x03", 11);

struct TlsServer : WireServer {
  explicit TlsServer(http::Server::Handler handler = echo, http::ServerOptions options = {})
      : WireServer(std::move(handler), std::move(options), true) {}
};

// A client of OpenSSL's own, which a test tells what to insist on.
class TlsClient {
 public:
  using Configure = std::function<void(SSL_CTX*)>;

  TlsClient(int port, const Configure& configure, const std::string& name = "localhost")
      : context_(SSL_CTX_new(TLS_client_method()), SSL_CTX_free), ssl_(nullptr, SSL_free) {
    SSL_CTX_load_verify_locations(context_.get(), support::tls_files().authority.c_str(), nullptr);
    SSL_CTX_set_verify(context_.get(), SSL_VERIFY_PEER, nullptr);
    configure(context_.get());
    bio_ = BIO_new_connect(("127.0.0.1:" + std::to_string(port)).c_str());
    ssl_.reset(SSL_new(context_.get()));
    SSL_set_bio(ssl_.get(), bio_, bio_);
    SSL_set_tlsext_host_name(ssl_.get(), name.c_str());
    const bool is_address = name.find_first_not_of("0123456789.") == std::string::npos;
    if (is_address) {
      X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl_.get()), name.c_str());
    } else {
      SSL_set1_host(ssl_.get(), name.c_str());
    }
    EXPECT_EQ(BIO_do_connect(bio_), 1);
    ERR_clear_error();
    is_connected_ = SSL_connect(ssl_.get()) == 1;
  }

  bool is_connected() const { return is_connected_; }
  std::string version() const { return SSL_get_version(ssl_.get()); }
  bool was_resumed() const { return SSL_session_reused(ssl_.get()) == 1; }
  SSL* ssl() { return ssl_.get(); }

  std::string ask(const std::string& request) {
    SSL_write(ssl_.get(), request.data(), static_cast<int>(request.size()));
    std::string answer(64 * 1024, '\0');
    const int size = SSL_read(ssl_.get(), answer.data(), static_cast<int>(answer.size()));
    answer.resize(static_cast<size_t>(std::max(size, 0)));
    return answer;
  }

 private:
  std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context_;
  std::unique_ptr<SSL, decltype(&SSL_free)> ssl_;
  BIO* bio_ = nullptr;  // the SSL's
  bool is_connected_ = false;
};

void insist_on(SSL_CTX* context, int version) {
  SSL_CTX_set_security_level(context, 0);  // else the client itself would refuse an old one
  SSL_CTX_set_min_proto_version(context, version);
  SSL_CTX_set_max_proto_version(context, version);
}

TEST(Tls, IsTrustedUnderEachNameByWhoTrustsTheAuthority) {
  TlsServer server;
  for (const std::string name : {"localhost", "127.0.0.1", "graph.microsoft.com"}) {
    TlsClient client(
        server.port,
        [](SSL_CTX* context) {
          X509_VERIFY_PARAM_set_flags(SSL_CTX_get0_param(context), X509_V_FLAG_X509_STRICT);
        },
        name);
    EXPECT_TRUE(client.is_connected()) << name;
    EXPECT_TRUE(client.ask(get("/")).starts_with("HTTP/1.1 200 OK")) << name;
  }
  TlsClient client(
      server.port, [](SSL_CTX*) {}, "example.com");
  EXPECT_FALSE(client.is_connected());
}

TEST(Tls, IsOfVersions12And13) {
  TlsServer server;
  TlsClient older(server.port, [](SSL_CTX* context) { insist_on(context, TLS1_2_VERSION); });
  EXPECT_EQ(older.version(), "TLSv1.2");
  EXPECT_TRUE(older.ask(get("/")).starts_with("HTTP/1.1 200 OK"));
  TlsClient newer(server.port, [](SSL_CTX* context) { insist_on(context, TLS1_3_VERSION); });
  EXPECT_EQ(newer.version(), "TLSv1.3");
  EXPECT_TRUE(newer.ask(get("/")).starts_with("HTTP/1.1 200 OK"));
  TlsClient too_old(server.port, [](SSL_CTX* context) { insist_on(context, TLS1_1_VERSION); });
  EXPECT_FALSE(too_old.is_connected());
}

TEST(Tls, AgreesOnHttp11WithWhoOffersMore) {
  TlsServer server;
  const auto offer = [&](std::string_view protocols) {
    return TlsClient(server.port, [protocols](SSL_CTX* context) {
      SSL_CTX_set_alpn_protos(context, reinterpret_cast<const unsigned char*>(protocols.data()),
                              static_cast<unsigned>(protocols.size()));
    });
  };
  TlsClient both = offer("\x02h2\x08http/1.1");
  ASSERT_TRUE(both.is_connected());
  const unsigned char* chosen = nullptr;
  unsigned size = 0;
  SSL_get0_alpn_selected(both.ssl(), &chosen, &size);
  EXPECT_EQ(std::string_view(reinterpret_cast<const char*>(chosen), size), "http/1.1");
  EXPECT_FALSE(offer("\x02h2").is_connected());
}

TEST(Tls, IsToldToTheHandler) {
  TlsServer server([](const http::Request& request) {
    http::Response response;
    response.body = http::origin_of(request);
    return response;
  });
  RawClient secure(server.port, true);
  secure.send(get("/"));
  EXPECT_EQ(secure.read_response().body, "https://test");
  RawClient plain(server.plain_port, false);
  plain.send(get("/"));
  EXPECT_EQ(plain.read_response().body, "http://test");
}

TEST(Tls, IsResumedWithoutAnotherExchangeOfKeys) {
  TlsServer server;
  SSL_SESSION* session = nullptr;
  {
    TlsClient first(server.port, [](SSL_CTX*) {});
    first.ask(get("/"));
    session = SSL_get1_session(first.ssl());
    EXPECT_FALSE(first.was_resumed());
    SSL_shutdown(first.ssl());
  }
  const std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context(SSL_CTX_new(TLS_client_method()),
                                                                  SSL_CTX_free);
  const std::unique_ptr<SSL, decltype(&SSL_free)> second(SSL_new(context.get()), SSL_free);
  BIO* bio = BIO_new_connect(("127.0.0.1:" + std::to_string(server.port)).c_str());
  SSL_set_bio(second.get(), bio, bio);
  SSL_set_session(second.get(), session);
  SSL_SESSION_free(session);
  EXPECT_EQ(BIO_do_connect(bio), 1);
  EXPECT_EQ(SSL_connect(second.get()), 1);
  EXPECT_EQ(SSL_session_reused(second.get()), 1);
}

TEST(Tls, TellsWhoSpeaksPlainHttpThere) {
  TlsServer server;
  for (const std::string method : {"GET", "PATCH", "DELETE", "CONNECT", "PRI", "x"}) {
    RawClient client(server.port, false);
    client.send(method + " / HTTP/1.1\r\nHost: test\r\n\r\n");
    const auto answer = client.read_response();
    EXPECT_EQ(answer.status, 400) << method;
    EXPECT_NE(answer.body.find("https://"), std::string::npos) << answer.body;
    EXPECT_EQ(client.read_until_close(), "");
  }
}

TEST(Tls, TellsWhoSpeaksItWhereItIsNotSpoken) {
  TlsServer server;
  RawClient client(server.plain_port, false);
  client.send(kRecordOfAHandshake);
  const auto answer = client.read_response();
  EXPECT_EQ(answer.status, 400);
  EXPECT_NE(answer.body.find("https"), std::string::npos) << answer.body;
}

TEST(Tls, HoldsNoWorkerWhileAHandshakeIsUnfinished) {
  TlsServer server(echo, one_worker());
  RawClient stalled(server.port, false);
  stalled.send(kRecordOfAHandshake);
  RawClient other(server.port, true);
  other.send(get("/"));
  EXPECT_EQ(other.read_response().status, 200);
}

TEST(Tls, EndsAHandshakeThatIsNotFinishedInTime) {
  http::ServerOptions options;
  options.request_timeout = milliseconds(20);
  TlsServer server(echo, options);
  RawClient silent(server.port, false);
  RawClient stalled(server.port, false);
  stalled.send(kRecordOfAHandshake);
  silent.read_until_close();  // would fail after 20 s
  stalled.read_until_close();
}

TEST(Tls, IsClosedForWhatIsNone) {
  TlsServer server;
  std::mt19937 random(7);
  for (int i = 0; i < 200; ++i) {
    RawClient client(server.port, false);
    std::string bytes = i % 2 == 0 ? std::string(kRecordOfAHandshake) : "";
    for (auto n = 1 + random() % 600; n > 0; --n) bytes += static_cast<char>(random());
    client.send(bytes);
    client.end_sending();
    client.read_until_close();
  }
  RawClient after(server.port, true);
  after.send(get("/"));
  EXPECT_EQ(after.read_response().status, 200);
}

TEST(Tls, MayHaveItsHandshakeInSinglePieces) {
  TlsServer server(echo, one_worker());
  // The handshake of a client that writes into memory, from where each byte is sent by itself.
  const std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context(SSL_CTX_new(TLS_client_method()),
                                                                  SSL_CTX_free);
  const std::unique_ptr<SSL, decltype(&SSL_free)> ssl(SSL_new(context.get()), SSL_free);
  BIO* in = BIO_new(BIO_s_mem());
  BIO* out = BIO_new(BIO_s_mem());
  SSL_set_bio(ssl.get(), in, out);
  SSL_set_connect_state(ssl.get());
  RawClient wire(server.port, false);
  const auto exchange = [&] {
    char byte = 0;
    while (BIO_read(out, &byte, 1) == 1) wire.send({&byte, 1});
    const auto answer = wire.read_some();
    BIO_write(in, answer.data(), static_cast<int>(answer.size()));
  };
  while (SSL_do_handshake(ssl.get()) != 1) exchange();
  const auto request = get("/in-pieces");
  SSL_write(ssl.get(), request.data(), static_cast<int>(request.size()));
  std::string answer(1024, '\0');
  int size = 0;
  while ((size = SSL_read(ssl.get(), answer.data(), 1024)) <= 0) exchange();
  EXPECT_TRUE(answer.starts_with("HTTP/1.1 200 OK"));
}

TEST(Tls, EndsWithANoticeThatThisWasAll) {
  TlsServer server;
  TlsClient client(server.port, [](SSL_CTX*) {});
  client.ask(get("/", "Connection: close\r\n"));
  char byte = 0;
  const int size = SSL_read(client.ssl(), &byte, 1);
  EXPECT_EQ(SSL_get_error(client.ssl(), size), SSL_ERROR_ZERO_RETURN);
}

TEST(TlsContext, SaysWhatIsWrongWithItsFiles) {
  const support::TemporaryFolder folder;
  const auto& files = support::tls_files();
  const auto error_of = [](const auto& certificate, const auto& key) -> std::string {
    try {
      const http::TlsContext context(certificate, key);
      return "none";
    } catch (const http::TlsError& error) {
      return error.what();
    }
  };
  EXPECT_EQ(error_of(files.certificate, files.key), "none");
  const auto missing = folder.path() / "missing.pem";
  EXPECT_TRUE(error_of(missing, files.key).starts_with(missing.string() + ": no certificate"));
  EXPECT_TRUE(error_of(files.certificate, missing).starts_with(missing.string() + ": no key"));
  const auto nonsense = folder.write("nonsense.pem", "nonsense");
  EXPECT_TRUE(error_of(nonsense, files.key).starts_with(nonsense.string()));
  const auto other =
      app::open_tls_folder(folder.path(), {{"localhost"}}, base::SystemClock().now());
  EXPECT_TRUE(error_of(files.certificate, other.key).starts_with(other.key.string()));
}

}  // namespace
}  // namespace graphmock::wire
