// Edm.Decimal as an exact decimal number: sums, differences, products and remainders lose nothing,
// quotients are rounded to more digits than any value of the service has.
#pragma once

#include <compare>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace graphmock::odata {

class Decimal {
 public:
  // Of "-12.50" or "1.25e2"; nothing for another text and for what is out of range.
  static std::optional<Decimal> parse(std::string_view text);
  static Decimal of(int64_t whole);

  // Each gives nothing where the result is out of range; `b` of the last two is not zero.
  friend std::optional<Decimal> add(const Decimal& a, const Decimal& b);
  friend std::optional<Decimal> multiply(const Decimal& a, const Decimal& b);
  friend std::optional<Decimal> divide(const Decimal& a, const Decimal& b);
  friend std::optional<Decimal> remainder(const Decimal& a, const Decimal& b);

  Decimal negated() const;
  enum class Rounding { TowardZero, Down, Up, HalfAwayFromZero };
  Decimal rounded(Rounding rounding) const;  // to a whole number

  int sign() const;  // -1, 0 or 1
  double to_double() const;
  std::optional<int64_t> to_int64() const;  // its integer part, where it fits
  std::string to_string() const;            // "0.3": no exponent, no zeros at the end

  std::strong_ordering operator<=>(const Decimal& other) const;
  bool operator==(const Decimal& other) const { return (*this <=> other) == 0; }

 private:
  struct Digits;  // an integer and a power of ten
  explicit Decimal(std::shared_ptr<const Digits> digits) : digits_(std::move(digits)) {}
  static std::optional<Decimal> of(Digits digits);

  std::shared_ptr<const Digits> digits_;
};

}  // namespace graphmock::odata
