#include "auth/signing_key.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

#include <boost/json.hpp>
#include <stdexcept>
#include <vector>

#include "base/json.h"
#include "base/text.h"

namespace graphmock::auth {
namespace {

namespace json = base::json;

constexpr unsigned kBits = 2048;
constexpr std::string_view kAlgorithm = "RS256";
constexpr size_t kMostTokenBytes = 64 * 1024;
// As good a name for a key as any: no two have the same modulus.
constexpr size_t kIdSize = 27;

struct FreeContext {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
using Context = std::unique_ptr<EVP_MD_CTX, FreeContext>;

struct FreeNumber {
  void operator()(BIGNUM* number) const { BN_free(number); }
};

template <typename Result>
Result checked(Result result) {
  if (!result) throw std::runtime_error("OpenSSL cannot sign a token");
  return result;
}

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

std::string number_of(const EVP_PKEY* key, const char* name) {
  BIGNUM* read = nullptr;
  checked(EVP_PKEY_get_bn_param(key, name, &read));
  const std::unique_ptr<BIGNUM, FreeNumber> number(read);
  std::vector<unsigned char> bytes(static_cast<size_t>(BN_num_bytes(number.get())));
  BN_bn2bin(number.get(), bytes.data());
  return base::base64url_encode({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

// Nothing for other texts than the one that encoding gives, so that there is one token for each
// signature.
std::optional<std::string> decoded(std::string_view part) {
  auto bytes = base::base64url_decode(part);
  if (!bytes || base::base64url_encode(*bytes) != part) return std::nullopt;
  return bytes;
}

std::optional<json::object> object_of(std::string_view text) {
  try {
    auto value = base::parse_json(text);
    if (value.is_object()) return std::move(value.get_object());
  } catch (const base::JsonError&) {
    return std::nullopt;
  }
  return std::nullopt;
}

// Anything but the one algorithm and the one key that we sign with is refused: a token must not
// choose how it is checked (RFC 8725 3.1), so that keys it brings along or points at ("jwk", "jku",
// "x5c", "x5u") are not looked at either. What it calls critical (RFC 7515 4.1.11) and what makes
// its payload another (RFC 7797) nobody here understands.
bool is_ours(const json::object& header, std::string_view type, std::string_view key_id) {
  const auto text = [&](std::string_view name) { return base::text_of(header.if_contains(name)); };
  const bool is_of_key =
      text("kid") == key_id && (!header.contains("x5t") || text("x5t") == key_id);
  return text("typ") == type && text("alg") == kAlgorithm && is_of_key &&
         !header.contains("crit") && !header.contains("b64");
}

}  // namespace

SigningKey::SigningKey() = default;
SigningKey::~SigningKey() = default;

void SigningKey::Free::operator()(evp_pkey_st* key) const {
  EVP_PKEY_free(key);
}

const SigningKey::Made& SigningKey::made() const {
  std::call_once(once_, [this] {
    made_.key.reset(checked(EVP_RSA_gen(kBits)));
    made_.id = number_of(made_.key.get(), OSSL_PKEY_PARAM_RSA_N).substr(0, kIdSize);
  });
  return made_;
}

std::string SigningKey::sign(const json::object& claims, std::string_view type) const {
  const json::object header{{"typ", type}, {"alg", kAlgorithm}, {"kid", made().id}};
  const auto text = base::base64url_encode(base::to_json(header)) + "." +
                    base::base64url_encode(base::to_json(claims));
  return text + "." + signature_of(text);
}

std::string SigningKey::signature_of(std::string_view text) const {
  const Context context(checked(EVP_MD_CTX_new()));
  checked(EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, made().key.get()));
  std::string signature(static_cast<size_t>(EVP_PKEY_get_size(made().key.get())), '\0');
  size_t size = signature.size();
  checked(EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size,
                         bytes_of(text), text.size()));
  signature.resize(size);
  return base::base64url_encode(signature);
}

std::optional<json::object> SigningKey::verify(std::string_view token,
                                               std::string_view type) const {
  if (token.size() > kMostTokenBytes) return std::nullopt;
  const auto parts = base::split(token, '.');
  if (parts.size() != 3) return std::nullopt;
  const auto header_text = decoded(parts[0]), claims_text = decoded(parts[1]);
  const auto signature = decoded(parts[2]);
  if (!header_text || !claims_text || !signature) return std::nullopt;
  const auto header = object_of(*header_text);
  if (!header || !is_ours(*header, type, made().id)) return std::nullopt;
  const auto text = token.substr(0, parts[0].size() + 1 + parts[1].size());
  const Context context(checked(EVP_MD_CTX_new()));
  checked(EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, made().key.get()));
  const bool is_right = EVP_DigestVerify(context.get(), bytes_of(*signature), signature->size(),
                                         bytes_of(text), text.size()) == 1;
  ERR_clear_error();
  if (!is_right) return std::nullopt;
  return object_of(*claims_text);
}

json::object SigningKey::public_key() const {
  const auto* key = made().key.get();
  return {{"kty", "RSA"},
          {"use", "sig"},
          {"alg", kAlgorithm},
          {"kid", made().id},
          {"n", number_of(key, OSSL_PKEY_PARAM_RSA_N)},
          {"e", number_of(key, OSSL_PKEY_PARAM_RSA_E)}};
}

}  // namespace graphmock::auth
