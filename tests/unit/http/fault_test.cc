#include "http/fault.h"

#include <gtest/gtest.h>

#include "support/test_name.h"

namespace graphmock::http {
namespace {

struct FaultRow {
  std::string name;
  Fault fault;
  std::string answer;
  std::string left;
};

void PrintTo(const FaultRow& row, std::ostream* out) {
  *out << row.name;
}

class InflictedFault : public testing::TestWithParam<FaultRow> {};

TEST_P(InflictedFault, LeavesOfAnAnswer) {
  std::string answer = GetParam().answer;
  inflict(GetParam().fault, 1, answer);
  EXPECT_EQ(answer, GetParam().left);
}

const std::string kHead = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n";
const std::string kRandomChunk = random_bytes(1, 32) + "\r\n";

INSTANTIATE_TEST_SUITE_P(
    Fault, InflictedFault,
    testing::Values(
        FaultRow{"NoneAllOfIt", Fault::None, kHead + "12345", kHead + "12345"},
        FaultRow{"ResetNothing", Fault::ConnectionReset, kHead + "12345", ""},
        FaultRow{"EmptyResponseNothing", Fault::EmptyResponse, kHead + "12345", ""},
        FaultRow{"RandomDataNothing", Fault::RandomDataThenClose, kHead, random_bytes(1, 256)},
        FaultRow{"TruncationHalfOfTheBody", Fault::TruncatedBody, kHead + "12345", kHead + "12"},
        FaultRow{"TruncationNothingOfOneByte", Fault::TruncatedBody, kHead + "1", kHead},
        FaultRow{"TruncationPartOfTheStatusLineWithoutBody", Fault::TruncatedBody, kHead,
                 "HTTP/1.1 2"},
        FaultRow{"MalformedChunkAGoodOneBefore", Fault::MalformedChunk,
                 kHead + std::string(40, 'x'),
                 kHead + "14\r\n" + std::string(20, 'x') + "\r\n" + kRandomChunk},
        FaultRow{"MalformedChunkAloneOfOneByte", Fault::MalformedChunk, kHead + "1",
                 kHead + kRandomChunk},
        FaultRow{"MalformedChunkAloneWithoutBody", Fault::MalformedChunk, kHead,
                 kHead + kRandomChunk}),
    support::RowName());

TEST(Fault, HasRandomBytesThatTheSeedTells) {
  EXPECT_EQ(random_bytes(7, 100), random_bytes(7, 100));
  EXPECT_NE(random_bytes(7, 100), random_bytes(8, 100));
  EXPECT_EQ(random_bytes(7, 0), "");
}

TEST(Fault, HasRandomBytesThatAreNeitherHttpNorAChunkSize) {
  for (uint64_t seed = 0; seed < 1000; ++seed) {
    EXPECT_GE(static_cast<unsigned char>(random_bytes(seed, 1)[0]), 0x80) << seed;
  }
}

}  // namespace
}  // namespace graphmock::http
