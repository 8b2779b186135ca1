#include "http/channel.h"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <climits>

#include "http/tls_context.h"

namespace graphmock::http {
namespace {

bool would_block() {
  return errno == EAGAIN || errno == EWOULDBLOCK;
}

// What OpenSSL takes at once.
int bounded(size_t size) {
  return static_cast<int>(std::min<size_t>(size, INT_MAX));
}

Channel::Moved receive_plain(int socket, std::span<char> buffer) {
  for (;;) {
    const ssize_t size = ::recv(socket, buffer.data(), buffer.size(), 0);
    if (size > 0) {
      const auto bytes = static_cast<size_t>(size);
      return {bytes, Channel::Stop::None, bytes < buffer.size()};
    }
    if (size == 0) return {0, Channel::Stop::Ended, true};
    if (would_block()) return {0, Channel::Stop::WouldBlock, true};
    if (errno != EINTR) return {0, Channel::Stop::Ended, true};
  }
}

Channel::Moved send_plain(int socket, std::string_view bytes) {
  for (;;) {
    const ssize_t size = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (size >= 0) return {static_cast<size_t>(size)};
    if (would_block()) return {0, Channel::Stop::WouldBlock};
    if (errno != EINTR) return {0, Channel::Stop::Ended};
  }
}

// A record of TLS begins with a byte that is no letter (RFC 8446 5.1), every request of HTTP with a
// letter. OpenSSL knows some methods only, and resets the others.
bool begins_as_plain_http(int socket) {
  char first = 0;
  return ::recv(socket, &first, 1, MSG_PEEK) == 1 &&
         std::isalpha(static_cast<unsigned char>(first));
}

}  // namespace

void Channel::FreeTls::operator()(ssl_st* tls) const {
  SSL_free(tls);
}

Channel::Channel() = default;
Channel::~Channel() = default;

bool Channel::open(int socket, const TlsContext* tls) {
  socket_ = socket;
  if (tls) tls_.reset(tls->accept(socket));
  return !tls || tls_;
}

void Channel::close() {
  if (tls_ && !is_in_handshake()) {
    ERR_clear_error();
    SSL_shutdown(tls_.get());  // told in passing: whether the client heard does not matter
  }
  tls_.reset();
  fell_back_to_plain_ = false;
  ::close(socket_);
  socket_ = -1;
}

void Channel::reset() {
  const linger at_once{1, 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  tls_.reset();
}

Channel::Moved Channel::receive(std::span<char> buffer) {
  return tls_ ? receive_tls(buffer) : receive_plain(socket_, buffer);
}

// A record at a time: less than there was room for says nothing of what the socket still has.
Channel::Moved Channel::receive_tls(std::span<char> buffer) {
  if (SSL_in_before(tls_.get()) && begins_as_plain_http(socket_)) {
    fell_back_to_plain_ = true;
    tls_.reset();
    return {0, Stop::Ended, true};
  }
  ERR_clear_error();  // of whichever connection the thread had before
  const int size = SSL_read(tls_.get(), buffer.data(), bounded(buffer.size()));
  if (size > 0) return {static_cast<size_t>(size)};
  switch (SSL_get_error(tls_.get(), size)) {
    case SSL_ERROR_WANT_READ:
    case SSL_ERROR_WANT_WRITE:
      return {0, Stop::WouldBlock, true};
    default:
      return {0, Stop::Ended, true};
  }
}

Channel::Moved Channel::send(std::string_view bytes) {
  if (!tls_) return send_plain(socket_, bytes);
  if (bytes.empty()) return {};
  ERR_clear_error();
  const int size = SSL_write(tls_.get(), bytes.data(), bounded(bytes.size()));
  if (size > 0) return {static_cast<size_t>(size)};
  const bool waits = SSL_get_error(tls_.get(), size) == SSL_ERROR_WANT_WRITE;
  return {0, waits ? Stop::WouldBlock : Stop::Ended};
}

void Channel::end_sending() {
  if (tls_ && !is_in_handshake()) {
    ERR_clear_error();
    SSL_shutdown(tls_.get());
  }
  ::shutdown(socket_, SHUT_WR);
}

Channel::Moved Channel::skip(std::span<char> buffer) {
  return receive_plain(socket_, buffer);
}

bool Channel::probe() {
  pollfd state{socket_, 0, 0};
  ::poll(&state, 1, 0);
  if ((state.revents & (POLLHUP | POLLERR)) != 0) return false;
  return ::send(socket_, "", 1, MSG_OOB | MSG_NOSIGNAL) >= 0 ||
         (errno != EPIPE && errno != ECONNRESET);
}

bool Channel::is_in_handshake() const {
  return tls_ && !SSL_is_init_finished(tls_.get());
}

bool Channel::wants_room() const {
  return tls_ && SSL_want_write(tls_.get());
}

bool Channel::holds_bytes() const {
  return tls_ && SSL_has_pending(tls_.get());
}

}  // namespace graphmock::http
