#include "http/content_coding.h"

#include <gtest/gtest.h>
#include <zlib.h>

#include <string>

#include "http/compression.h"
#include "http/error.h"

namespace graphmock::http {
namespace {

constexpr size_t kMost = 1024 * 1024;

// As a client would do it.
std::string gzipped(const std::string& text) {
  Request request;
  request.headers.add("Accept-Encoding", "gzip");
  Response response;
  response.set_header("Content-Type", "application/json");
  response.body = text;
  Compressor().compress(request, response);
  EXPECT_EQ(response.header("Content-Encoding"), "gzip");
  return response.body;
}

std::string large(char filling = 'x') {
  return "{\"text\":\"" + std::string(300'000, filling) + "\"}";
}

std::optional<std::string> decoded(std::string_view body, std::string_view coding,
                                   size_t most = kMost) {
  Request request;
  request.body = body;
  if (!coding.empty()) request.headers.add("content-encoding", coding);
  return decoded_body(request, most);
}

int refused(std::string_view body, std::string_view coding, size_t most = kMost) {
  try {
    decoded(body, coding, most);
  } catch (const Error& error) {
    return error.status;
  }
  return 0;
}

TEST(ContentCoding, IsTakenOffTheBody) {
  EXPECT_EQ(decoded(gzipped(large()), "gzip"), large());
  EXPECT_EQ(decoded(gzipped(large()), " X-GZip "), large());
  std::string zlib(compressBound(4), '\0');
  auto size = static_cast<uLongf>(zlib.size());
  ASSERT_EQ(compress(reinterpret_cast<Bytef*>(zlib.data()), &size,
                     reinterpret_cast<const Bytef*>("text"), 4),
            Z_OK);
  EXPECT_EQ(decoded(std::string_view(zlib).substr(0, size), "deflate"), "text");
}

TEST(ContentCoding, MayBeThatOfSeveralMembers) {
  EXPECT_EQ(decoded(gzipped(large('a')) + gzipped(large('b')), "gzip"), large('a') + large('b'));
}

TEST(ContentCoding, MayBeNone) {
  EXPECT_EQ(decoded("{}", ""), std::nullopt);
  EXPECT_EQ(decoded("{}", "identity"), std::nullopt);
  EXPECT_EQ(decoded("", "gzip"), std::nullopt);
}

TEST(ContentCoding, OfAnotherKindIsRefused) {
  EXPECT_EQ(refused("x", "br"), 415);
  EXPECT_EQ(refused("x", "gzip, gzip"), 415);
  EXPECT_EQ(refused("x", "compress"), 415);
}

TEST(ContentCoding, ThatTheBodyDoesNotHaveIsRefused) {
  EXPECT_EQ(refused("{}", "gzip"), 400);
  const auto whole = gzipped(large());
  for (size_t size = 1; size < whole.size(); ++size) {
    EXPECT_EQ(refused(std::string_view(whole).substr(0, size), "gzip"), 400) << size;
  }
  EXPECT_EQ(refused(whole + "x", "gzip"), 400);
}

TEST(ContentCoding, DoesNotLetABodyGrowWithoutEnd) {
  const auto whole = gzipped(large());
  EXPECT_EQ(decoded(whole, "gzip", large().size()), large());
  EXPECT_EQ(refused(whole, "gzip", large().size() - 1), 413);
  EXPECT_EQ(refused(whole, "gzip", 1), 413);
}

}  // namespace
}  // namespace graphmock::http
