#include "auth/signing_key.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <random>

#include "base/json.h"
#include "base/text.h"

namespace graphmock::auth {
namespace {

namespace json = base::json;

const SigningKey& key() {
  static const SigningKey one;
  return one;
}

std::string signed_token() {
  return key().sign({{"aud", "a"}, {"exp", 1}});
}

std::string part(std::string_view json) {
  return base::base64url_encode(json);
}

// A token with other parts in place of its own; empty ones stay.
std::string with(std::string_view header, std::string_view payload, std::string_view signature) {
  const auto token = signed_token();
  const auto parts = base::split(token, '.');
  return (header.empty() ? std::string(parts[0]) : part(header)) + "." +
         (payload.empty() ? std::string(parts[1]) : part(payload)) + "." +
         std::string(signature.empty() ? parts[2] : signature);
}

std::string own_header(std::string_view algorithm) {
  return R"({"typ":"JWT","alg":")" + std::string(algorithm) + R"(","kid":")" +
         base::text_of(base::at_pointer(key().public_key(), "/kid")) + "\"}";
}

TEST(SigningKey, KnowsItsOwnTokens) {
  const auto claims = key().verify(signed_token());
  ASSERT_TRUE(claims);
  EXPECT_EQ(base::to_json(*claims), R"({"aud":"a","exp":1})");
}

TEST(SigningKey, KnowsNoTokenOfAnother) {
  const SigningKey other;
  EXPECT_FALSE(other.verify(signed_token()));
}

TEST(SigningKey, ShowsWhatIsPublicAlone) {
  const auto shown = key().public_key();
  std::string names;
  for (const auto& [name, value] : shown) names += std::string(name) + " ";
  EXPECT_EQ(names, "kty use alg kid n e ");
}

TEST(SigningKey, RefusesWhatChoosesItsOwnAlgorithm) {
  for (const auto* algorithm : {"none", "None", "", "HS256", "RS512", "PS256", "ES256", "dir"}) {
    EXPECT_FALSE(key().verify(with(own_header(algorithm), "", ""))) << algorithm;
  }
  const auto unsigned_one = part(R"({"alg":"none"})") + "." + part("{}") + ".";
  EXPECT_FALSE(key().verify(unsigned_one));
}

TEST(SigningKey, TellsTypesApart) {
  const auto ticket = key().sign({{"aud", "a"}}, kTicketType);
  EXPECT_FALSE(key().verify(ticket));
  EXPECT_TRUE(key().verify(ticket, kTicketType));
  EXPECT_FALSE(key().verify(signed_token(), kTicketType));
}

TEST(SigningKey, RefusesWhatItSignsItselfWhereItsHeaderSaysMore) {
  const auto sign = [&](const std::string& more) {
    auto header = own_header("RS256");
    header.insert(header.size() - 1, more);
    const auto text = part(header) + "." + part("{}");
    return text + "." + key().signature_of(text);
  };
  EXPECT_TRUE(key().verify(sign("")));
  EXPECT_TRUE(key().verify(sign(R"(,"jku":"http://127.0.0.1/","jwk":{"kty":"oct","k":"AA"})")));
  for (const auto* more : {R"(,"crit":["exp"])", R"(,"crit":[])", R"(,"b64":false)",
                           R"(,"x5t":"other")", R"(,"alg":"RS256")", R"(,"kid":"other")"}) {
    EXPECT_FALSE(key().verify(sign(more))) << more;
  }
}

TEST(SigningKey, RefusesWhatNamesAnotherKeyOrNone) {
  EXPECT_FALSE(key().verify(with(R"({"alg":"RS256","kid":"other"})", "", "")));
  EXPECT_FALSE(key().verify(with(R"({"alg":"RS256"})", "", "")));
  EXPECT_FALSE(key().verify(with(R"({"alg":"RS256","kid":1})", "", "")));
}

TEST(SigningKey, RefusesAnotherHeaderUnderTheSignature) {
  auto header = own_header("RS256");
  EXPECT_TRUE(key().verify(with(header, "", "")));
  header.insert(1, " ");
  EXPECT_FALSE(key().verify(with(header, "", "")));
}

TEST(SigningKey, RefusesOtherClaimsUnderTheSignature) {
  EXPECT_FALSE(key().verify(with("", R"({"aud":"b","exp":1})", "")));
  EXPECT_FALSE(key().verify(with("", "", part("signature"))));
}

TEST(SigningKey, RefusesWhatIsNoToken) {
  for (const std::string text :
       {"", ".", "..", "...", "a.b.c", "a.b", "a.b.c.d", "====.====.====", "\xFF.\xFF.\xFF",
        "e30.e30.e30", "bnVsbA.bnVsbA.bnVsbA", "W10.W10.W10"}) {
    EXPECT_FALSE(key().verify(text)) << text;
  }
  EXPECT_FALSE(key().verify(signed_token() + "="));
  EXPECT_FALSE(key().verify(" " + signed_token()));
  EXPECT_FALSE(key().verify(std::string(1'000'000, 'a')));
  EXPECT_FALSE(key().verify(std::string(20'000, 'a') + "." + std::string(20'000, 'a') + ".a"));
}

// Whatever is changed, nothing but the token itself is taken.
TEST(SigningKey, RefusesATokenWithAnyByteChanged) {
  const auto token = signed_token();
  std::mt19937 random(11);
  constexpr std::string_view kAlphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ \x80";
  for (int i = 0; i < 500; ++i) {
    auto changed = token;
    const auto place = random() % (changed.size() - 1);  // the last holds bits that say nothing
    const char c = kAlphabet[random() % kAlphabet.size()];
    if (changed[place] == c) continue;
    changed[place] = c;
    EXPECT_FALSE(key().verify(changed)) << place << " is " << c;
  }
}

}  // namespace
}  // namespace graphmock::auth
