// Header fields that own their text, in the order in which they were added. All of them lie in one
// piece of memory, so that many are made, copied and kept at the cost of one.
#pragma once

#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace graphmock::http {

class Fields {
  struct Sizes {
    uint32_t name;
    uint32_t value;
  };

 public:
  using Field = std::pair<std::string_view, std::string_view>;  // name and value

  // Good until the fields change.
  class Iterator {
   public:
    using value_type = Field;
    using difference_type = ptrdiff_t;

    Iterator() = default;
    explicit Iterator(const char* at) : at_(at) {}
    Field operator*() const;
    Iterator& operator++();
    Iterator operator++(int) {
      auto old = *this;
      ++*this;
      return old;
    }
    bool operator==(const Iterator&) const = default;

   private:
    friend class Fields;
    const char* at_ = nullptr;
  };

  void reserve(size_t bytes) { packed_.reserve(bytes); }
  void add(std::string_view name, std::string_view value);
  // Replaces the first field of that name, whatever its case, or adds it.
  void set(std::string_view name, std::string_view value);
  // The first of that name, whatever its case.
  std::optional<std::string_view> find(std::string_view name) const;

  Iterator begin() const { return Iterator(packed_.data()); }
  Iterator end() const { return Iterator(packed_.data() + packed_.size()); }
  bool empty() const { return packed_.empty(); }
  bool operator==(const Fields&) const = default;
  static size_t bytes_of(std::string_view name, std::string_view value) {
    return sizeof(Sizes) + name.size() + value.size();
  }
  size_t bytes() const { return packed_.size(); }  // that they take, about

 private:
  static Sizes sizes_at(const char* at) {
    Sizes sizes;
    std::memcpy(&sizes, at, sizeof sizes);
    return sizes;
  }
  Iterator locate(std::string_view name) const;

  std::string packed_;  // of each field: its Sizes, its name, its value
};

inline Fields::Field Fields::Iterator::operator*() const {
  const auto sizes = sizes_at(at_);
  const char* name = at_ + sizeof sizes;
  return {{name, sizes.name}, {name + sizes.name, sizes.value}};
}

inline Fields::Iterator& Fields::Iterator::operator++() {
  const auto sizes = sizes_at(at_);
  at_ += sizeof sizes + sizes.name + sizes.value;
  return *this;
}

}  // namespace graphmock::http
