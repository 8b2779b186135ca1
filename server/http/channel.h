// What the bytes of a connection go through: its socket, or TLS over that. It never waits; who has
// to does so in Parking. A connection's holder alone uses it.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>

struct ssl_st;

namespace graphmock::http {

class TlsContext;

class Channel {
 public:
  enum class Stop { None, WouldBlock, Ended };  // Ended: by the client, or broken

  struct Moved {
    size_t bytes = 0;
    Stop stop = Stop::None;
    bool is_read_out = false;  // what was received is all that the socket had
  };

  Channel();
  ~Channel();  // it has been closed

  // Takes the non-blocking socket over; with a `tls` it is spoken. False: there is no memory for
  // it.
  bool open(int socket, const TlsContext* tls);
  void close();
  // So that the client sees its connection reset, whatever was on the way.
  void reset();

  int socket() const { return socket_; }
  bool is_tls() const { return tls_ != nullptr; }

  // Goes on with the handshake where there is one to finish.
  Moved receive(std::span<char> buffer);
  Moved send(std::string_view bytes);
  // Nothing more will come, and this was all; the client may still send.
  void end_sending();
  // What the client still sends then, which nobody reads.
  Moved skip(std::span<char> buffer);

  // Of a client that has ended sending: it may only have no more to ask, or be gone, and the two
  // look alike until something is sent to it. False: it is known to be gone. Otherwise it is sent
  // a byte out of band, which nobody reads who has not asked for such; if there is nobody, the
  // answer is a reset, which epoll tells of.
  bool probe();
  bool is_in_handshake() const;
  // After receive() would have blocked: it is room to write that it waits for.
  bool wants_room() const;
  // It has bytes that the socket no longer has, of which epoll therefore will not tell.
  bool holds_bytes() const;
  // The client spoke plain HTTP where TLS was expected. From then on it is answered like that.
  bool fell_back_to_plain() const { return fell_back_to_plain_; }

 private:
  struct FreeTls {
    void operator()(ssl_st* tls) const;
  };

  Moved receive_tls(std::span<char> buffer);

  int socket_ = -1;
  std::unique_ptr<ssl_st, FreeTls> tls_;
  bool fell_back_to_plain_ = false;
};

}  // namespace graphmock::http
