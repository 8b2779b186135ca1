#include "support/raw_client.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <cstdlib>
#include <cstring>
#include <stdexcept>

#include "base/text.h"

namespace graphmock::support {
namespace {

constexpr time_t kTimeoutSeconds = 20;

int connected_socket(int port) {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0) return socket;
  close(socket);
  return -1;
}

}  // namespace

std::optional<std::string> RawResponse::header(std::string_view name) const {
  for (const auto& [field, value] : headers) {
    if (base::equals_ignoring_case(field, name)) return value;
  }
  return std::nullopt;
}

bool RawClient::is_over_tls() {
  return std::getenv("GRAPHMOCK_TEST_OVER_TLS") != nullptr;
}

void RawClient::FreeTls::operator()(ssl_st* tls) const {
  SSL_free(tls);
}

RawClient::RawClient(int port, bool is_tls) : socket_(connected_socket(port)) {
  if (socket_ == -1) throw std::runtime_error(std::string("cannot connect: ") + strerror(errno));
  const timeval timeout{kTimeoutSeconds, 0};
  setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &timeout, sizeof timeout);
  setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &timeout, sizeof timeout);
  const int on = 1;  // else bytes sent one by one would be gathered on the way
  setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (is_tls) begin_tls();
}

// Whether the certificate is to be trusted is for other tests.
void RawClient::begin_tls() {
  const std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context(SSL_CTX_new(TLS_client_method()),
                                                                  SSL_CTX_free);
  tls_.reset(SSL_new(context.get()));
  SSL_set_fd(tls_.get(), socket_);
  ERR_clear_error();
  // A server that closes at once is seen to when its answer is read.
  SSL_connect(tls_.get());
}

RawClient::~RawClient() {
  close(socket_);
}

bool RawClient::send(std::string_view bytes) {
  while (tls_ && !bytes.empty()) {
    ERR_clear_error();
    const int size = SSL_write(tls_.get(), bytes.data(),
                               static_cast<int>(std::min<size_t>(bytes.size(), INT_MAX)));
    if (size <= 0) return false;
    bytes.remove_prefix(static_cast<size_t>(size));
  }
  while (!bytes.empty()) {
    const ssize_t size = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (size < 0 && errno == EINTR) continue;
    if (size < 0 && (errno == EPIPE || errno == ECONNRESET)) return false;
    if (size < 0) throw std::runtime_error(std::string("cannot send: ") + strerror(errno));
    bytes.remove_prefix(static_cast<size_t>(size));
  }
  return true;
}

void RawClient::end_sending() {
  errno = 0;
  // Whoever learns of a reset first is told, and nobody after that.
  if (tls_ && SSL_shutdown(tls_.get()) < 0) was_reset_ = errno == ECONNRESET;
  ::shutdown(socket_, SHUT_WR);
}

// As recv() has it. An end that TLS does not announce is one, too.
long RawClient::receive_into(char* buffer, size_t size) {
  if (!tls_) return recv(socket_, buffer, size, 0);
  ERR_clear_error();
  errno = 0;
  const int received = SSL_read(tls_.get(), buffer, static_cast<int>(size));
  if (received > 0) return received;
  const int error = SSL_get_error(tls_.get(), received);
  const bool is_missing =
      error == SSL_ERROR_WANT_READ || (error == SSL_ERROR_SYSCALL && errno != 0);
  return is_missing ? -1 : 0;
}

bool RawClient::receive() {
  char buffer[16 * 1024];
  ssize_t size = 0;
  do {
    size = receive_into(buffer, sizeof buffer);
  } while (size < 0 && errno == EINTR);
  was_reset_ = was_reset_ || (size < 0 && errno == ECONNRESET);
  if (size == 0 || was_reset_) return false;
  if (size < 0) throw std::runtime_error("no bytes came: " + std::string(strerror(errno)));
  received_.append(buffer, static_cast<size_t>(size));
  return true;
}

std::string RawClient::take(size_t size) {
  while (received_.size() < size) {
    if (!receive()) throw std::runtime_error("the answer ends early: " + received_);
  }
  std::string taken = received_.substr(0, size);
  received_.erase(0, size);
  return taken;
}

std::string RawClient::take_line() {
  size_t end = 0;
  while ((end = received_.find("\r\n")) == std::string::npos) {
    if (!receive()) throw std::runtime_error("the answer ends early: " + received_);
  }
  std::string line = take(end);
  take(2);
  return line;
}

std::string RawClient::take_chunks() {
  std::string body;
  while (const size_t size = std::stoul(take_line(), nullptr, 16)) {
    body += take(size);
    take(2);
  }
  while (!take_line().empty()) {
  }
  return body;
}

RawResponse RawClient::read_response(std::string_view method) {
  RawResponse response;
  response.head = take_line();
  if (!response.head.starts_with("HTTP/1.1 ")) {
    throw std::runtime_error("not an HTTP answer: " + response.head);
  }
  response.status = std::stoi(response.head.substr(9));
  for (std::string line = take_line(); !line.empty(); line = take_line()) {
    const size_t colon = line.find(':');
    if (colon == std::string::npos) throw std::runtime_error("not a header: " + line);
    response.headers.emplace_back(line.substr(0, colon),
                                  base::trim(std::string_view(line).substr(colon + 1)));
    response.head += "\r\n" + line;
  }
  if (response.status < 200 || response.status == 204 || response.status == 304 ||
      method == "HEAD") {
    return response;
  }
  if (response.header("Transfer-Encoding") == "chunked") {
    response.body = take_chunks();
  } else if (const auto length = response.header("Content-Length")) {
    response.body = take(std::stoul(*length));
  } else {
    response.body = read_until_close();
  }
  return response;
}

bool RawClient::has_news() const {
  pollfd waiting{socket_, POLLIN, 0};
  if (!received_.empty()) return true;
  // Asked once: what comes between two questions would be taken for news without a look.
  if (poll(&waiting, 1, 0) != 1) return false;
  if (!tls_) return true;
  // It may be nothing but what TLS has to say of itself.
  const int flags = fcntl(socket_, F_GETFL);
  fcntl(socket_, F_SETFL, flags | O_NONBLOCK);
  char byte = 0;
  ERR_clear_error();
  const int peeked = SSL_peek(tls_.get(), &byte, 1);
  const bool is_nothing = peeked <= 0 && SSL_get_error(tls_.get(), peeked) == SSL_ERROR_WANT_READ;
  fcntl(socket_, F_SETFL, flags);
  return !is_nothing;
}

std::string RawClient::read_until_close() {
  while (receive()) {
  }
  return std::exchange(received_, {});
}

std::string RawClient::read_some() {
  if (received_.empty()) receive();
  return std::exchange(received_, {});
}

bool can_connect(int port) {
  const int socket = connected_socket(port);
  if (socket == -1) return false;
  close(socket);
  return true;
}

RawResponse exchange(int port, std::string_view raw_request) {
  RawClient client(port);
  client.send(raw_request);
  return client.read_response(raw_request.substr(0, raw_request.find(' ')));
}

}  // namespace graphmock::support
