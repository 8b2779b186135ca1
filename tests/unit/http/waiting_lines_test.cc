#include "http/waiting_lines.h"

#include <gtest/gtest.h>

#include <vector>

namespace graphmock::http {
namespace {

using Line = WaitingLines::Line;

std::vector<uint64_t> all_of(WaitingLines& lines, Lane lane) {
  std::vector<uint64_t> all;
  for (uint64_t word; (word = lines.take(lane)) != WaitingLines::kNobody;) all.push_back(word);
  return all;
}

TEST(WaitingLines, AreFirstComeFirstServed) {
  WaitingLines lines;
  for (const uint64_t word : {7, 3, 5}) lines.join(Line::Quick, word);
  EXPECT_FALSE(lines.empty());
  EXPECT_EQ(all_of(lines, Lane::Ordinary), (std::vector<uint64_t>{7, 3, 5}));
  EXPECT_TRUE(lines.empty());
}

TEST(WaitingLines, LetTheUrgentGoFirst) {
  WaitingLines lines;
  lines.join(Line::Quick, 1);
  lines.join(Line::Urgent, 2);
  EXPECT_EQ(all_of(lines, Lane::Ordinary), (std::vector<uint64_t>{2, 1}));
}

TEST(WaitingLines, GiveAWorkerWhatItCarriesOutAlone) {
  WaitingLines lines;
  lines.join(Line::Quick, 1);
  lines.join(Line::Slow, 2);
  lines.join(Line::Urgent, 3);
  EXPECT_EQ(all_of(lines, Lane::Health), std::vector<uint64_t>());
  EXPECT_EQ(all_of(lines, Lane::Control), std::vector<uint64_t>{3});
  EXPECT_EQ(all_of(lines, Lane::Ordinary).size(), 2u);
}

TEST(WaitingLines, LetTheQuickGoBeforeTheSlowWhoStillGetTheirShare) {
  WaitingLines lines;
  for (uint64_t i = 0; i < 3; ++i) lines.join(Line::Slow, 100 + i);
  for (uint64_t i = 0; i < 8; ++i) lines.join(Line::Quick, i);
  EXPECT_EQ(all_of(lines, Lane::Ordinary),
            (std::vector<uint64_t>{0, 1, 2, 100, 3, 4, 5, 101, 6, 7, 102}));
}

TEST(WaitingLines, AreLeftByWhoGoesAndKeepThePlaceOfWhoComesBack) {
  WaitingLines lines;
  const auto first = lines.join(Line::Quick, 1);
  const auto second = lines.join(Line::Quick, 2);
  lines.join(Line::Quick, 3);
  lines.leave(second);
  lines.leave(second);
  lines.leave(first);
  lines.rejoin(first, 10);
  lines.rejoin(first, 11);
  EXPECT_EQ(all_of(lines, Lane::Ordinary), (std::vector<uint64_t>{11, 3}));
  EXPECT_TRUE(lines.empty());
}

}  // namespace
}  // namespace graphmock::http
