#include "http/parking.h"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>

namespace graphmock::http {
namespace {

using std::chrono::hours;

// One connection, of which the test has the client's end. Its deadlines are hours away, so that
// nobody looks at them but the test.
class ParkedConnection : public testing::Test {
 protected:
  ParkedConnection() : parking_(ServerOptions(), 1, 1) {
    EXPECT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, sockets_.data()), 0);
    parking_.park(*parking_.open(sockets_[0], nullptr), Parking::Until::Readable, now_ + hours(1));
  }
  ~ParkedConnection() override { ::close(sockets_[1]); }

  void send_byte() { EXPECT_EQ(::send(sockets_[1], "x", 1, MSG_NOSIGNAL), 1); }
  // Served as a worker does that reads all there is, and waits for more.
  void serve(Clock::time_point next_deadline) {
    send_byte();
    Connection* const connection = parking_.next(0);
    std::array<char, 8> buffer;
    EXPECT_EQ(connection->channel.receive(buffer).bytes, 1u);
    EXPECT_TRUE(parking_.park_again(*connection, next_deadline));
  }
  bool is_closed() {
    char byte = 0;
    return ::recv(sockets_[1], &byte, 1, MSG_DONTWAIT) == 0 || errno == ECONNRESET;
  }

  const Clock::time_point now_ = Clock::now();
  Parking parking_;
  std::array<int, 2> sockets_;
};

TEST_F(ParkedConnection, IsClosedWhenItsDeadlineHasPassed) {
  EXPECT_TRUE(parking_.overdue(now_).empty());
  const auto later = now_ + hours(2);
  const auto overdue = parking_.overdue(later);
  ASSERT_EQ(overdue.size(), 1u);
  parking_.expire(overdue[0], later);
  EXPECT_TRUE(is_closed());
}

TEST_F(ParkedConnection, ThatIsServedWhileItExpiresIsKept) {
  const auto later = now_ + hours(2);
  const auto overdue = parking_.overdue(later);
  ASSERT_EQ(overdue.size(), 1u);
  serve(now_ + hours(3));
  parking_.expire(overdue[0], later);
  EXPECT_FALSE(is_closed());
  EXPECT_TRUE(parking_.overdue(later).empty());
  send_byte();
  Connection* const connection = parking_.next(0);
  ASSERT_NE(connection, nullptr) << "it is still listened to";
  parking_.park(*connection, Parking::Until::Readable, now_ + hours(3));
  const auto much_later = now_ + hours(4);
  const auto again = parking_.overdue(much_later);
  ASSERT_EQ(again.size(), 1u) << "and has its new deadline";
  parking_.expire(again[0], much_later);
  EXPECT_TRUE(is_closed());
}

TEST_F(ParkedConnection, ThatIsBeingServedIsNotExpired) {
  const auto later = now_ + hours(2);
  const auto overdue = parking_.overdue(later);
  ASSERT_EQ(overdue.size(), 1u);
  send_byte();
  Connection* const connection = parking_.next(0);
  parking_.expire(overdue[0], later);
  EXPECT_FALSE(is_closed());
  parking_.close(*connection);
}

}  // namespace
}  // namespace graphmock::http
