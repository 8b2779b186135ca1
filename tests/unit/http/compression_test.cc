#include "http/compression.h"

#include <gtest/gtest.h>
#define ZLIB_CONST
#include <zlib.h>

#include <vector>

#include "support/test_name.h"

namespace graphmock::http {
namespace {

std::string unzipped(std::string_view zipped) {
  z_stream stream{};
  inflateInit2(&stream, 15 + 16);
  std::string out(1 << 20, '\0');
  stream.next_in = reinterpret_cast<const Bytef*>(zipped.data());
  stream.avail_in = static_cast<uInt>(zipped.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
  out.resize(out.size() - stream.avail_out);
  inflateEnd(&stream);
  return out;
}

std::string large_json(char filling = 'x') {
  return "{\"text\":\"" + std::string(10'000, filling) + "\"}";
}

Response answer(std::string body, std::string_view type = "application/json;charset=utf-8") {
  Response response;
  response.set_header("Content-Type", type);
  response.body = std::move(body);
  return response;
}

class Compressing : public testing::Test {
 protected:
  Response compress(Response response, std::string_view accepted = "gzip, deflate, br") {
    Request request;
    request.method = "GET";
    if (!accepted.empty()) request.headers.add("Accept-Encoding", accepted);
    compressor_.compress(request, response);
    return response;
  }

  Compressor compressor_;
};

TEST_F(Compressing, MakesALargeTextSmall) {
  const auto response = compress(answer(large_json()));
  EXPECT_EQ(response.header("Content-Encoding"), "gzip");
  EXPECT_EQ(response.header("Vary"), "Accept-Encoding");
  EXPECT_LT(response.body.size(), 1000u);
  EXPECT_EQ(unzipped(response.body), large_json());
}

TEST_F(Compressing, IsTheSameForWhatIsAskedForAgain) {
  const auto first = compress(answer(large_json()));
  EXPECT_EQ(compress(answer(large_json())).body, first.body);
}

// They are alike wherever the place is told by, so that one takes the other's.
TEST_F(Compressing, TellsBodiesApartThatAreAlikeInMostPlaces) {
  auto one = large_json(), other = large_json();
  one[1000] = 'a';
  other[1000] = 'b';
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(unzipped(compress(answer(one)).body), one);
    EXPECT_EQ(unzipped(compress(answer(other)).body), other);
  }
}

TEST_F(Compressing, TakesABodyThatIsTooLargeToKeep) {
  const std::string body(500'000, 'y');
  EXPECT_EQ(unzipped(compress(answer(body)).body), body);
}

TEST_F(Compressing, LeavesWhatTheClientDoesNotTake) {
  for (const std::string_view accepted : {"", "br", "identity"}) {
    const auto response = compress(answer(large_json()), accepted);
    EXPECT_EQ(response.body, large_json());
    EXPECT_EQ(response.header("Content-Encoding"), std::nullopt);
    EXPECT_EQ(response.header("Vary"), "Accept-Encoding") << "another client may take it";
  }
}

TEST_F(Compressing, LeavesSmallAnswersAndOtherFormats) {
  const std::string small(Compressor::kFewestBytes - 1, 'x');
  EXPECT_EQ(compress(answer(small)).body, small);
  EXPECT_EQ(compress(answer(large_json(), "image/jpeg")).body, large_json());
  EXPECT_EQ(compress(answer(large_json(), "application/octet-stream")).body, large_json());
}

TEST_F(Compressing, LeavesWhatIsEncodedAlreadyAndParts) {
  auto encoded = answer(large_json());
  encoded.set_header("Content-Encoding", "br");
  EXPECT_EQ(compress(encoded).body, large_json());
  auto part = answer(large_json());
  part.status = 206;
  EXPECT_EQ(compress(part).body, large_json());
}

struct AcceptRow {
  const char* name;
  const char* header;
  bool takes_it;
};

class Accepting : public testing::TestWithParam<AcceptRow> {};

TEST_P(Accepting, Gzip) {
  EXPECT_EQ(accepts_gzip(GetParam().header), GetParam().takes_it);
}

INSTANTIATE_TEST_SUITE_P(Headers, Accepting,
                         testing::Values(AcceptRow{"Alone", "gzip", true},
                                         AcceptRow{"OldName", "x-gzip", true},
                                         AcceptRow{"AnyCase", "GZip", true},
                                         AcceptRow{"Among", "br;q=1.0, gzip;q=0.8, *;q=0.1", true},
                                         AcceptRow{"Any", "*", true},
                                         AcceptRow{"Nothing", "", false},
                                         AcceptRow{"Others", "br, deflate", false},
                                         AcceptRow{"Refused", "gzip;q=0", false},
                                         AcceptRow{"RefusedInDigits", "gzip; q=0.000, *", false},
                                         AcceptRow{"AnyRefused", "*;q=0", false},
                                         AcceptRow{"NoNumber", "gzip;q=much", false},
                                         AcceptRow{"Longer", "gzipped", false}),
                         support::RowName());

}  // namespace
}  // namespace graphmock::http
