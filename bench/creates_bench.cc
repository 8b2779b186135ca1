// What requests cost in a tenant that has made much: the same at its 100th entity and at its last.
// In the process, without sockets.
#include <malloc.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>
#include <string>
#include <vector>

#include "many_users.h"

namespace graphmock::bench {
namespace {

using Microseconds = std::chrono::duration<double, std::micro>;

class Growing {
 public:
  Growing() : app_(world_of_users(100, clock_), nullptr) {
    group_ = id_in(send("POST", "/v1.0/groups",
                        R"({"displayName":"G","mailEnabled":false,"mailNickname":"g",)"
                        R"("securityEnabled":true})"));
    folder_ = id_in(send("POST", mailbox() + "/mailFolders", R"({"displayName":"F"})"));
  }

  std::string send(std::string_view method, const std::string& target, std::string_view body = "",
                   int expected = 299) {
    http::Request request;
    request.method = method;
    request.target = http::Target::read(target);
    request.headers.add("Host", "localhost");
    if (!body.empty()) request.headers.add("Content-Type", "application/json");
    request.body = body;
    auto response = app_.serve(request);
    if (response.status <= expected) return std::move(response.body);
    std::fprintf(stderr, "%s answers %d: %s\n", target.c_str(), response.status,
                 response.body.c_str());
    std::exit(1);
  }

  void create() {
    const auto number = std::to_string(++made_);
    const auto name = "made" + number + "@contoso.com";
    const auto body = R"({"accountEnabled":true,"displayName":"User )" + number +
                      R"(","mailNickname":"n)" + number + R"(","userPrincipalName":")" + name +
                      R"(","passwordProfile":{"password":"Secret-123"}})";
    users_.push_back({id_in(send("POST", "/v1.0/users", body)), name});
  }
  void read() { send("GET", user()); }
  void read_by_name() { send("GET", "/v1.0/users/" + users_[some()].name); }
  void miss() { send("GET", "/v1.0/users/nobody-" + std::to_string(++asked_), "", 404); }
  void filter() {
    send("GET", "/v1.0/users?$filter=displayName%20eq%20'User%20" + std::to_string(some()) + "'");
  }
  void page() { send("GET", "/v1.0/users?$top=10"); }
  void page_of_groups() { send("GET", "/v1.0/groups?$top=10"); }
  void miss_message() {
    send("GET", mailbox() + "/mailFolders/" + folder_ + "/messages/none", "", 404);
  }
  void change() { send("PATCH", user(), R"({"jobTitle":"T)" + std::to_string(++asked_) + "\"}"); }
  void rename() {
    const auto number = some();
    send("PATCH", "/v1.0/users/" + users_[number].id,
         R"({"mailNickname":"m)" + std::to_string(++asked_) + "\"}");
  }
  void join() {
    send("POST", "/v1.0/groups/" + group_ + "/members/$ref",
         R"({"@odata.id":"http://localhost/v1.0/users/)" + users_[joined_++].id + "\"}");
  }
  void leave() {
    send("DELETE", "/v1.0/groups/" + group_ + "/members/" + users_[left_++].id + "/$ref");
  }
  void write_message() {
    send("POST", mailbox() + "/mailFolders/" + folder_ + "/messages", R"({"subject":"S"})");
  }
  void remove() {
    send("DELETE", user());
    users_[last_] = users_.back();
    users_.pop_back();
  }

 private:
  static std::string id_in(const std::string& body) {
    const auto at = body.find(R"("id":")") + 6;
    return body.substr(at, body.find('"', at) - at);
  }
  static std::string mailbox() { return "/v1.0/users/" + id_of(7); }
  size_t some() { return ++asked_ * 7919 % users_.size(); }
  std::string user() { return "/v1.0/users/" + users_[last_ = some()].id; }

  base::SystemClock clock_;
  app::App app_;
  struct User {
    std::string id, name;
  };
  std::vector<User> users_;
  std::string group_, folder_;
  size_t made_ = 0, asked_ = 0, last_ = 0, joined_ = 0, left_ = 0;
};

double median_of(int times, const std::function<void()>& work) {
  std::vector<double> taken;
  for (int i = 0; i < times; ++i) {
    const auto begin = std::chrono::steady_clock::now();
    work();
    taken.push_back(Microseconds(std::chrono::steady_clock::now() - begin).count());
  }
  std::sort(taken.begin(), taken.end());
  return taken[taken.size() / 2];
}

void run(size_t count) {
  constexpr int kTimes = 50;
  Growing tenant;
  const std::vector<std::pair<const char*, std::function<void()>>> works{
      {"create", [&] { tenant.create(); }},
      {"read by id", [&] { tenant.read(); }},
      {"read by userPrincipalName", [&] { tenant.read_by_name(); }},
      {"read of none", [&] { tenant.miss(); }},
      {"filter by equality", [&] { tenant.filter(); }},
      {"first page", [&] { tenant.page(); }},
      {"first page of groups", [&] { tenant.page_of_groups(); }},
      {"message that is not there", [&] { tenant.miss_message(); }},
      {"change", [&] { tenant.change(); }},
      {"change of what is unique", [&] { tenant.rename(); }},
      {"message in a folder", [&] { tenant.write_message(); }},
      {"join the group", [&] { tenant.join(); }},
      {"leave the group", [&] { tenant.leave(); }},
      {"remove", [&] { tenant.remove(); }},
  };
  const auto measure = [&] {
    std::vector<double> taken;
    for (const auto& work : works) taken.push_back(median_of(kTimes, work.second));
    return taken;
  };
  for (int i = 0; i < 100; ++i) tenant.create();
  const auto first = measure();
  const auto before = ::mallinfo2().uordblks;
  for (size_t i = 0; i < count; ++i) tenant.create();
  const double grown = static_cast<double>(::mallinfo2().uordblks - before);
  for (size_t i = 0; i < count * 9 / 10; ++i) tenant.join();
  for (size_t i = 0; i < count / 10; ++i) tenant.write_message();
  const auto last = measure();
  std::printf("%zu entities made\n", count);
  for (size_t i = 0; i < works.size(); ++i) {
    std::printf("  %-28s first %8.1f us, last %8.1f us, %.2f times\n", works[i].first, first[i],
                last[i], last[i] / first[i]);
  }
  std::printf("  bytes an entity: %.0f\n", grown / static_cast<double>(count));
}

}  // namespace
}  // namespace graphmock::bench

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "creates_bench COUNT\n");
    return 2;
  }
  graphmock::bench::run(std::strtoull(argv[1], nullptr, 10));
}
