// What a server needs to speak TLS: its certificate, the key to it, and what it agrees to.
#pragma once

#include <filesystem>
#include <memory>
#include <stdexcept>

struct ssl_ctx_st;
struct ssl_st;

namespace graphmock::http {

// A certificate or a key cannot be used; says which and why.
struct TlsError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// TLS 1.2 and 1.3 with HTTP/1.1. Immutable, from any thread.
class TlsContext {
 public:
  // PEM files. Behind the server's certificate may stand those that signed it. Throws TlsError.
  TlsContext(const std::filesystem::path& certificate, const std::filesystem::path& key);

  // The server's side of a connection whose client speaks first; the caller frees it.
  ssl_st* accept(int socket) const;

 private:
  struct Free {
    void operator()(ssl_ctx_st* context) const;
  };
  std::unique_ptr<ssl_ctx_st, Free> context_;
};

}  // namespace graphmock::http
