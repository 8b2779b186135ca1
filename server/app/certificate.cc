#include "app/certificate.h"

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <memory>

namespace graphmock::app {
namespace {

using std::chrono::days;

constexpr days kAuthorityLifetime{3652};
constexpr days kServerLifetime{397};
constexpr days kRenewal{30};  // before the end
constexpr days kSkew{1};      // clocks of other machines may be behind
constexpr long kVersion3 = 2;

template <auto free>
struct Free {
  template <typename Object>
  void operator()(Object* object) const {
    free(object);
  }
};
using Bio = std::unique_ptr<BIO, Free<BIO_free>>;
using Number = std::unique_ptr<BIGNUM, Free<BN_free>>;
using Key = std::unique_ptr<EVP_PKEY, Free<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Free<X509_free>>;
using Extension = std::unique_ptr<X509_EXTENSION, Free<X509_EXTENSION_free>>;

[[noreturn]] void fail(const std::string& what) {
  const auto error = ERR_get_error();
  const char* reason = error == 0 ? nullptr : ERR_reason_error_string(error);
  ERR_clear_error();
  throw CertificateError(what + (reason ? std::string(": ") + reason : ""));
}

// What OpenSSL gives: null, or 0, means that it could not.
template <typename Result>
Result checked(Result result, const char* what) {
  if (!result) fail(what);
  return result;
}

Bio reader_of(const std::string& text) {
  return Bio(checked(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())), "no memory"));
}

Certificate read_certificate(const std::string& pem) {
  const Bio bio = reader_of(pem);
  return Certificate(checked(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr),
                             "this is no certificate in PEM"));
}

int no_password(char*, int, int, void*) {
  return -1;
}

Key read_key(const std::string& pem) {
  const Bio bio = reader_of(pem);
  return Key(checked(PEM_read_bio_PrivateKey(bio.get(), nullptr, no_password, nullptr),
                     "this is no key in PEM without a password"));
}

template <typename Write>
std::string pem_of(const Write& write) {
  const Bio bio(checked(BIO_new(BIO_s_mem()), "no memory"));
  checked(write(bio.get()), "PEM cannot be written");
  char* text = nullptr;
  const long size = BIO_get_mem_data(bio.get(), &text);
  return std::string(text, static_cast<size_t>(size));
}

CertificateAndKey pem_of(const Certificate& certificate, const Key& key) {
  return {pem_of([&](BIO* bio) { return PEM_write_bio_X509(bio, certificate.get()); }),
          pem_of([&](BIO* bio) {
            return PEM_write_bio_PrivateKey(bio, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
          })};
}

std::time_t seconds_of(base::Instant instant) {
  return std::chrono::system_clock::to_time_t(instant);
}

void set_random_serial(X509* certificate) {
  std::array<unsigned char, 16> bytes;
  checked(RAND_bytes(bytes.data(), bytes.size()) == 1, "there is no randomness");
  bytes[0] = static_cast<unsigned char>((bytes[0] & 0x7F) | 0x40);  // positive, and never zero
  const Number number(BN_bin2bn(bytes.data(), bytes.size(), nullptr));
  checked(BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)), "no memory");
}

void set_common_name(X509* certificate, const std::string& name) {
  const auto* bytes = reinterpret_cast<const unsigned char*>(name.data());
  checked(X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate), "CN", MBSTRING_UTF8, bytes,
                                     static_cast<int>(name.size()), -1, 0),
          "a certificate cannot be given its name");
}

Certificate new_certificate(const Key& key, const std::string& name, base::Instant now,
                            days lifetime) {
  Certificate certificate(checked(X509_new(), "no memory"));
  X509_set_version(certificate.get(), kVersion3);
  set_random_serial(certificate.get());
  set_common_name(certificate.get(), name);
  ASN1_TIME_set(X509_getm_notBefore(certificate.get()), seconds_of(now - kSkew));
  ASN1_TIME_set(X509_getm_notAfter(certificate.get()), seconds_of(now + lifetime - kSkew));
  checked(X509_set_pubkey(certificate.get(), key.get()), "a certificate cannot take its key");
  return certificate;
}

void extend(X509* certificate, X509* issuer, int extension, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  const Extension made(checked(X509V3_EXT_conf_nid(nullptr, &context, extension, value.c_str()),
                               "a certificate cannot be given an extension"));
  checked(X509_add_ext(certificate, made.get(), -1), "no memory");
}

void sign(X509* certificate, const Key& key) {
  checked(X509_sign(certificate, key.get(), EVP_sha256()), "a certificate cannot be signed");
}

Key make_key() {
  return Key(checked(EVP_EC_gen("P-256"), "a key cannot be made"));
}

std::string alternative_names(const std::vector<HostName>& names) {
  std::string text;
  for (const auto& name : names) {
    text += (text.empty() ? "" : ",") + std::string(name.is_address ? "IP:" : "DNS:") + name.text;
  }
  return text;
}

bool has_name(X509* certificate, const HostName& name) {
  return name.is_address
             ? X509_check_ip_asc(certificate, name.text.c_str(), 0) == 1
             : X509_check_host(certificate, name.text.data(), name.text.size(), 0, nullptr) == 1;
}

}  // namespace

CertificateAndKey make_authority(base::Instant now) {
  const Key key = make_key();
  const Certificate certificate =
      new_certificate(key, "graphmock test authority", now, kAuthorityLifetime);
  X509_set_issuer_name(certificate.get(), X509_get_subject_name(certificate.get()));
  X509* own = certificate.get();
  extend(own, own, NID_basic_constraints, "critical,CA:TRUE,pathlen:0");
  extend(own, own, NID_key_usage, "critical,keyCertSign,cRLSign");
  extend(own, own, NID_subject_key_identifier, "hash");
  extend(own, own, NID_authority_key_identifier, "keyid:always");
  sign(own, key);
  return pem_of(certificate, key);
}

CertificateAndKey make_server_certificate(const CertificateAndKey& authority,
                                          const std::vector<HostName>& names, base::Instant now) {
  const Certificate issuer = read_certificate(authority.certificate);
  const Key issuer_key = read_key(authority.key);
  checked(fits(authority), "the authority's key is not that of its certificate");
  const Key key = make_key();
  const Certificate certificate = new_certificate(key, "graphmock", now, kServerLifetime);
  X509_set_issuer_name(certificate.get(), X509_get_subject_name(issuer.get()));
  X509* own = certificate.get();
  extend(own, issuer.get(), NID_basic_constraints, "critical,CA:FALSE");
  extend(own, issuer.get(), NID_key_usage, "critical,digitalSignature");
  extend(own, issuer.get(), NID_ext_key_usage, "serverAuth");
  extend(own, issuer.get(), NID_subject_alt_name, alternative_names(names));
  extend(own, issuer.get(), NID_subject_key_identifier, "hash");
  extend(own, issuer.get(), NID_authority_key_identifier, "keyid:always");
  sign(own, issuer_key);
  return pem_of(certificate, key);
}

bool fits(const CertificateAndKey& pair) {
  const Certificate certificate = read_certificate(pair.certificate);
  const Key key = read_key(pair.key);
  const bool is_own = X509_check_private_key(certificate.get(), key.get()) == 1;
  ERR_clear_error();
  return is_own;
}

bool is_good(const std::string& certificate, const std::string& authority,
             const std::vector<HostName>& names, base::Instant now) {
  const Certificate own = read_certificate(certificate);
  const Certificate issuer = read_certificate(authority);
  std::time_t renewal = seconds_of(now + kRenewal);
  const bool is_signed = X509_verify(own.get(), X509_get0_pubkey(issuer.get())) == 1;
  ERR_clear_error();
  return is_signed && X509_cmp_time(X509_get0_notAfter(own.get()), &renewal) > 0 &&
         std::all_of(names.begin(), names.end(),
                     [&](const HostName& name) { return has_name(own.get(), name); });
}

}  // namespace graphmock::app
