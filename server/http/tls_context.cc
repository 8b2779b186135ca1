#include "http/tls_context.h"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <array>
#include <string>
#include <string_view>

namespace graphmock::http {
namespace {

constexpr std::string_view kProtocol = "\x08http/1.1";  // as ALPN has it, with its length
constexpr std::string_view kSessions = "graphmock";

std::string why() {
  const auto error = ERR_get_error();
  const char* reason = error == 0 ? nullptr : ERR_reason_error_string(error);
  ERR_clear_error();
  return reason ? reason : "unknown error";
}

// A client that offers protocols offers this one among them, or is told so (RFC 7301 3.2).
int choose_protocol(SSL*, const unsigned char** chosen, unsigned char* size,
                    const unsigned char* offered, unsigned offered_size, void*) {
  const std::string_view offers(reinterpret_cast<const char*>(offered), offered_size);
  for (size_t at = 0; at < offers.size();) {
    const size_t length = static_cast<unsigned char>(offers[at]);
    if (offers.substr(at, length + 1) == kProtocol) {
      *chosen = offered + at + 1;
      *size = static_cast<unsigned char>(length);
      return SSL_TLSEXT_ERR_OK;
    }
    at += length + 1;
  }
  return SSL_TLSEXT_ERR_ALERT_FATAL;
}

// A key with a password is refused instead of asking for it on the terminal.
int no_password(char*, int, int, void*) {
  return -1;
}

}  // namespace

void TlsContext::Free::operator()(ssl_ctx_st* context) const {
  SSL_CTX_free(context);
}

TlsContext::TlsContext(const std::filesystem::path& certificate, const std::filesystem::path& key)
    : context_(SSL_CTX_new(TLS_server_method())) {
  ERR_clear_error();
  SSL_CTX* context = context_.get();
  if (!context) throw TlsError("TLS cannot be used: " + why());
  SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
  SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE);
  // A part of an answer may be sent, and the rest from wherever it lies by then.
  SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
                                SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_session_id_context(context, reinterpret_cast<const unsigned char*>(kSessions.data()),
                                 static_cast<unsigned>(kSessions.size()));
  SSL_CTX_set_alpn_select_cb(context, choose_protocol, nullptr);
  SSL_CTX_set_default_passwd_cb(context, no_password);
  if (SSL_CTX_use_certificate_chain_file(context, certificate.c_str()) != 1) {
    throw TlsError(certificate.string() + ": no certificate in PEM can be read: " + why());
  }
  if (SSL_CTX_use_PrivateKey_file(context, key.c_str(), SSL_FILETYPE_PEM) != 1) {
    throw TlsError(key.string() + ": no key in PEM, without a password, of the certificate in " +
                   certificate.string() + ", can be read: " + why());
  }
}

ssl_st* TlsContext::accept(int socket) const {
  SSL* tls = SSL_new(context_.get());
  if (!tls) return nullptr;
  SSL_set_fd(tls, socket);
  SSL_set_accept_state(tls);
  return tls;
}

}  // namespace graphmock::http
