// The program as a user starts it: its output, its exit codes, and what it says of bad input.
#include <gtest/gtest.h>
#include <pty.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utmp.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>

#include "http/server.h"
#include "support/temporary_folder.h"
#include "support/test_server.h"

namespace graphmock {
namespace {

// A started program whose standard output and error can be read.
class Process {
 public:
  explicit Process(std::vector<std::string> arguments) {
    std::array<int, 2> out, err;
    EXPECT_EQ(::pipe(out.data()) + ::pipe(err.data()), 0);
    id_ = ::fork();
    if (id_ == 0) {
      ::dup2(out[1], 1);
      ::dup2(err[1], 2);
      for (const int end : {out[0], out[1], err[0], err[1]}) ::close(end);
      arguments.insert(arguments.begin(), GRAPHMOCK_TEST_PROGRAM);
      std::vector<char*> raw;
      for (auto& argument : arguments) raw.push_back(argument.data());
      raw.push_back(nullptr);
      ::execv(raw[0], raw.data());
      ::_exit(127);
    }
    ::close(out[1]);
    ::close(err[1]);
    out_ = out[0];
    err_ = err[0];
  }
  ~Process() {
    if (id_ > 0) {
      ::kill(id_, SIGKILL);
      ::waitpid(id_, nullptr, 0);
    }
    ::close(out_);
    ::close(err_);
  }

  std::string read_line() { return read_line_of(out_); }
  std::string read_error_line() { return read_line_of(err_); }
  void kill(int signal) { ::kill(id_, signal); }
  int wait() {
    int status = 0;
    ::waitpid(id_, &status, 0);
    id_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  }
  // To the end; for a program that ends by itself.
  std::string read_errors() { return read_all(err_); }
  std::string read_output() { return read_all(out_); }

 private:
  static std::string read_line_of(int file) {
    std::string line;
    char c = 0;
    while (::read(file, &c, 1) == 1 && c != '\n') line += c;
    return line;
  }
  static std::string read_all(int file) {
    std::string text;
    std::array<char, 4096> buffer;
    for (ssize_t size = 0; (size = ::read(file, buffer.data(), buffer.size())) > 0;) {
      text.append(buffer.data(), static_cast<size_t>(size));
    }
    return text;
  }

  pid_t id_ = -1;
  int out_ = -1;
  int err_ = -1;
};

class Program : public testing::Test {
 protected:
  std::string write(const std::string& name, std::string_view text) const {
    return folder_.write(name, text).string();
  }
  std::string path(const std::string& name) const { return (folder_.path() / name).string(); }

  const support::TemporaryFolder folder_;
};

TEST_F(Program, SaysWhereItListensAndStopsWhenTold) {
  for (const int signal : {SIGTERM, SIGINT}) {
    const auto port_file = path("port");
    Process program({"serve", "--port", "0", "--port-file", port_file});
    const auto line = program.read_line();
    int port = 0;
    std::ifstream(port_file) >> port;
    EXPECT_EQ(line, "graphmock listening on http://127.0.0.1:" + std::to_string(port));
    EXPECT_EQ(support::exchange(port, "GET /v1.0/me HTTP/1.1\r\nHost: x\r\n\r\n").status, 200);
    program.kill(signal);
    EXPECT_EQ(program.wait(), 0);
  }
}

TEST_F(Program, ReadsItsFilesAnewWhenItIsHungUpOn) {
  const auto users = write("fixtures/users.json", R"([{"id":"u","displayName":"Old"}])");
  const auto port_file = path("port");
  Process program(
      {"serve", "--port", "0", "--port-file", port_file, "--fixtures", path("fixtures")});
  program.read_line();
  int port = 0;
  std::ifstream(port_file) >> port;
  const auto name = [port] {
    const auto answer =
        support::exchange(port, "GET /v1.0/users/u HTTP/1.1\r\nHost: localhost\r\n\r\n");
    return support::at(answer, "/displayName");
  };
  EXPECT_EQ(name(), R"("Old")");
  write("fixtures/users.json", R"([{"id":"u","displayName":"New"}])");
  program.kill(SIGHUP);
  EXPECT_EQ(program.read_error_line(),
            "fixtures and scenarios are loaded anew; every tenant is as new");
  EXPECT_EQ(name(), R"("New")");
  write("fixtures/users.json", "[\n7]");
  program.kill(SIGHUP);
  EXPECT_EQ(program.read_error_line(), users + ":2: an entity is a JSON object");
  EXPECT_EQ(program.read_error_line(), "nothing was changed");
  EXPECT_EQ(name(), R"("New")");
  program.kill(SIGTERM);
  EXPECT_EQ(program.wait(), 0);
}

// SIGHUP again, but nobody is there any more who would want a server that goes on.
TEST_F(Program, StopsWhenItsTerminalIsClosed) {
  int terminal = -1, other_end = -1;
  if (::openpty(&terminal, &other_end, nullptr, nullptr, nullptr) != 0) {
    GTEST_SKIP() << "this system gives no pseudo-terminal, which the program would be started at: "
                 << std::strerror(errno) << " (a chroot lacks /dev/pts and /dev/ptmx)";
  }
  const pid_t id = ::fork();
  if (id == 0) {
    ::close(terminal);
    if (::login_tty(other_end) == 0) {
      ::execl(GRAPHMOCK_TEST_PROGRAM, GRAPHMOCK_TEST_PROGRAM, "--port", "0", nullptr);
    }
    ::_exit(127);
  }
  ASSERT_GT(id, 0);
  ::close(other_end);
  char c = 0;
  while (::read(terminal, &c, 1) == 1 && c != '\n') continue;
  ::close(terminal);
  int status = 0;
  ::waitpid(id, &status, 0);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << status;
}

TEST_F(Program, ServesWhenGivenNoCommand) {
  Process program({"--port", "0", "--auth", "required"});
  EXPECT_TRUE(program.read_line().starts_with("graphmock listening on http://127.0.0.1:"));
}

TEST_F(Program, PutsItsPortInTheWayOfNothing) {
  std::filesystem::create_directory(path("folder"));
  Process folder({"--port", "0", "--port-file", path("folder")});
  EXPECT_EQ(folder.wait(), 2);
  EXPECT_EQ(folder.read_errors(), path("folder") + ": cannot be written: Is a directory\n");
  std::filesystem::create_symlink("behind", path("link"));
  Process program({"--port", "0", "--port-file", path("link"), "--tls", "--tls-dir", path("tls"),
                   "--tls-port", "0", "--tls-port-file", "/dev/stdout"});
  const auto tls_port = program.read_line();
  EXPECT_TRUE(program.read_line().starts_with("graphmock listening on http://127.0.0.1:"));
  EXPECT_EQ(program.read_line(), "graphmock listening on https://127.0.0.1:" + tls_port);
  EXPECT_TRUE(std::filesystem::is_symlink(path("link")));
  EXPECT_FALSE(std::filesystem::is_symlink(path("behind")));
  Process nowhere({"--port", "0", "--port-file", "/dev/null"});
  EXPECT_TRUE(nowhere.read_line().starts_with("graphmock listening on http://127.0.0.1:"));
  EXPECT_TRUE(std::filesystem::is_character_file("/dev/null"));
}

TEST_F(Program, WritesItsAuthorityInTheWayOfNothing) {
  const auto authority = [&](const std::string& out) {
    return Process({"ca", "--tls-dir", path("tls"), "--out", out});
  };
  EXPECT_EQ(authority(path("tls")).wait(), 2);
  EXPECT_EQ(authority("/dev/null").wait(), 0);
  EXPECT_TRUE(std::filesystem::is_character_file("/dev/null"));
  auto shown = authority("/dev/stdout");
  EXPECT_EQ(shown.wait(), 0);
  EXPECT_TRUE(shown.read_output().starts_with("-----BEGIN CERTIFICATE-----"));
}

TEST_F(Program, SpeaksHttpsWithAPairThatCameToNoEnd) {
  EXPECT_EQ(Process({"ca", "--tls-dir", path("tls")}).wait(), 0);
  EXPECT_EQ(Process({"ca", "--tls-dir", path("other")}).wait(), 0);
  std::filesystem::copy_file(path("other/server.key"), path("tls/server.key"),
                             std::filesystem::copy_options::overwrite_existing);
  Process program({"--port", "0", "--tls", "--tls-port", "0", "--tls-dir", path("tls")});
  program.read_line();
  EXPECT_TRUE(program.read_line().starts_with("graphmock listening on https://127.0.0.1:"));
}

TEST_F(Program, SpeaksHttpsBesideHttp) {
  const auto folder = path("tls");
  Process program({"--port", "0", "--tls", "--tls-port", "0", "--tls-dir", folder,
                   "--tls-port-file", path("tls-port")});
  EXPECT_TRUE(program.read_line().starts_with("graphmock listening on http://127.0.0.1:"));
  const auto line = program.read_line();
  int port = 0;
  std::ifstream(path("tls-port")) >> port;
  EXPECT_EQ(line, "graphmock listening on https://127.0.0.1:" + std::to_string(port));
  support::RawClient client(port, true);
  client.send("GET /v1.0/me HTTP/1.1\r\nHost: localhost\r\n\r\n");
  EXPECT_EQ(support::at(client.read_response(), "/@odata.context"),
            R"("https://localhost/v1.0/$metadata#users/$entity")");
  Process authority({"ca", "--tls-dir", folder});
  EXPECT_EQ(authority.wait(), 0);
  std::stringstream kept;
  kept << std::ifstream(folder + "/ca.pem").rdbuf();
  EXPECT_EQ(authority.read_output(), kept.str());
  EXPECT_EQ(program.read_error_line(), "clients have to trust " + folder + "/ca.pem");
}

TEST_F(Program, SpeaksHttpsWithACertificateThatItIsGiven) {
  EXPECT_EQ(Process({"ca", "--tls-dir", path("tls"), "--out", path("ca.pem")}).wait(), 0);
  Process program({"--port", "0", "--tls", "--tls-port", "0", "--tls-cert", path("tls/server.pem"),
                   "--tls-key", path("tls/server.key")});
  program.read_line();
  EXPECT_TRUE(program.read_line().starts_with("graphmock listening on https://127.0.0.1:"));
  Process wrong({"--port", "0", "--tls", "--tls-cert", path("ca.pem"), "--tls-key", path("none")});
  EXPECT_EQ(wrong.wait(), 2);
  EXPECT_TRUE(wrong.read_errors().starts_with(path("none") + ": no key in PEM"));
}

TEST_F(Program, TellsAHealthCheckHowItIs) {
  const support::TestServer server;
  EXPECT_EQ(Process({"health", "--url", server.origin()}).wait(), 0);
  Process refused({"health", "--url", "http://127.0.0.1:1"});
  EXPECT_EQ(refused.wait(), 1);
  EXPECT_NE(refused.read_errors().find("http://127.0.0.1:1"), std::string::npos);
}

TEST_F(Program, ChecksTheShippedFilesWithoutAComplaint) {
  Process program({"check"});
  EXPECT_EQ(program.wait(), 0);
  EXPECT_TRUE(program.read_output().starts_with("no problems: "));
}

TEST_F(Program, ListsEveryProblemWithFileAndLine) {
  const auto users =
      write("fixtures/users.json", "[\n  {\"id\": \"a\",\n   \"accountEnabled\": 1},\n  {}\n]");
  const auto groups = write("fixtures/groups.json", "[\n  {\"id\": \"g\",,}\n]");
  const auto scenario = write("scenarios/bad.json", "{\n  \"rules\": 1\n}");
  const std::vector<std::string> arguments = {"--fixtures",      path("fixtures"), "--scenarios",
                                              path("scenarios"), "--scenario",     "none"};
  const auto run = [&](const std::string& command) {
    auto all = arguments;
    all.insert(all.begin(), command);
    Process program(all);
    const int code = program.wait();
    const auto errors = program.read_errors();
    EXPECT_NE(errors.find(users + ":3: "), std::string::npos) << errors;
    EXPECT_NE(errors.find(users + ":4: The entity lacks its key 'id'."), std::string::npos)
        << errors;
    EXPECT_NE(errors.find(groups + ":2: "), std::string::npos) << errors;
    EXPECT_NE(errors.find(scenario + ":2: expected an array of rules"), std::string::npos)
        << errors;
    EXPECT_NE(errors.find("--scenario none: "), std::string::npos) << errors;
    return code;
  };
  EXPECT_EQ(run("serve"), 2);
  EXPECT_EQ(run("check"), 1);
}

TEST_F(Program, NamesTheLineOfAModelThatIsWrong) {
  const auto model =
      write("model.xml",
            "<edmx:Edmx xmlns:edmx=\"x\"><edmx:DataServices>\n<Schema Namespace=\"a\">\n"
            "<EntityType Name=\"b\">\n<Property Name=\"c\" Type=\"a.none\"/>\n"
            "</EntityType></Schema></edmx:DataServices></edmx:Edmx>");
  Process program({"serve", "--metadata", "v1.0=" + model});
  EXPECT_EQ(program.wait(), 2);
  EXPECT_EQ(program.read_errors(), model + ":4: unknown type 'a.none'\n");
}

TEST_F(Program, SaysThatAPortIsTaken) {
  const support::TestServer server;
  Process program({"serve", "--port", std::to_string(server.port())});
  EXPECT_EQ(program.wait(), 2);
  EXPECT_NE(program.read_errors().find("in use"), std::string::npos);
}

TEST_F(Program, RefusesOptionsThatItDoesNotKnow) {
  for (const auto& arguments : {std::vector<std::string>{"serve", "--prot", "1", "--sede", "2"},
                                {"--prot", "1", "--sede", "2"}}) {
    Process program(arguments);
    EXPECT_EQ(program.wait(), 2);
    const auto errors = program.read_errors();
    EXPECT_NE(errors.find("--prot"), std::string::npos) << errors;
    EXPECT_NE(errors.find("--sede"), std::string::npos) << errors;
    EXPECT_NE(errors.find("'--port'"), std::string::npos) << errors;
    EXPECT_NE(errors.find("'--seed'"), std::string::npos) << errors;
  }
  EXPECT_EQ(Process({"serve", "--port", "70000"}).wait(), 2);
  EXPECT_EQ(Process({"serve", "--auth", "maybe"}).wait(), 2);
  EXPECT_EQ(Process({"serve", "--metadata", "v9=x"}).wait(), 2);
  EXPECT_EQ(Process({"serve", "--tls", "--tls-cert", "f"}).wait(), 2);
}

TEST_F(Program, ExplainsItself) {
  Process version({"--version"});
  EXPECT_EQ(version.wait(), 0);
  EXPECT_TRUE(version.read_output().starts_with("graphmock "));
  Process help({"serve", "--help"});
  EXPECT_EQ(help.wait(), 0);
  const auto text = help.read_output();
  for (const std::string option : {"--host", "--port", "--port-file", "--fixtures", "--scenarios",
                                   "--metadata", "--scenario", "--auth", "--enums", "--seed",
                                   "--allow-host", "--admin-token", "--tls", "GRAPHMOCK_PORT"}) {
    EXPECT_NE(text.find(option), std::string::npos) << option;
  }
}

}  // namespace
}  // namespace graphmock
