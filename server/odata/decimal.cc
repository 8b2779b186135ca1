#include "odata/decimal.h"

#include <boost/multiprecision/cpp_int.hpp>
#include <charconv>
#include <cstdlib>

namespace graphmock::odata {
namespace {

using Integer = boost::multiprecision::cpp_int;

// Of a value, whether given or reckoned; what has more is rounded.
constexpr int kMostDigits = 100;
constexpr int kQuotientDigits = 40;
constexpr int kMostExponent = 400;

Integer power_of_ten(int exponent) {
  return boost::multiprecision::pow(Integer(10), static_cast<unsigned>(exponent));
}

int digit_count(const Integer& value) {
  return value == 0 ? 1 : static_cast<int>(Integer(abs(value)).str().size());
}

// Half away from zero.
Integer divided(const Integer& value, const Integer& by) {
  Integer rest;
  Integer result;
  boost::multiprecision::divide_qr(value, by, result, rest);
  if (2 * abs(rest) >= abs(by)) result += (value < 0) == (by < 0) ? 1 : -1;
  return result;
}

}  // namespace

struct Decimal::Digits {
  Integer value;
  int exponent = 0;  // value * 10^exponent

  Integer at(int wanted) const { return value * power_of_ten(exponent - wanted); }
};

// With no zeros at the end, so that there is one way to say a number.
std::optional<Decimal> Decimal::of(Digits digits) {
  if (digits.value == 0) return Decimal(std::make_shared<const Digits>());
  if (const int excess = digit_count(digits.value) - kMostDigits; excess > 0) {
    digits.value = divided(digits.value, power_of_ten(excess));
    digits.exponent += excess;
  }
  while (digits.value % 10 == 0) {
    digits.value /= 10;
    ++digits.exponent;
  }
  if (std::abs(digits.exponent) > kMostExponent) return std::nullopt;
  return Decimal(std::make_shared<const Digits>(std::move(digits)));
}

std::optional<Decimal> Decimal::parse(std::string_view text) {
  constexpr size_t kLongest = 1000;
  if (text.size() > kLongest) return std::nullopt;
  const bool is_negative = text.starts_with('-');
  if (is_negative || text.starts_with('+')) text.remove_prefix(1);
  std::string all;
  int exponent = 0;
  bool is_fraction = false;
  size_t at = 0;
  for (; at < text.size(); ++at) {
    if (text[at] == '.' && !is_fraction && !all.empty()) {
      is_fraction = true;
    } else if (text[at] >= '0' && text[at] <= '9') {
      all += text[at];
      exponent -= is_fraction ? 1 : 0;
    } else {
      break;
    }
  }
  if (all.empty()) return std::nullopt;
  if (at < text.size()) {
    if (text[at] != 'e' && text[at] != 'E') return std::nullopt;
    auto power = text.substr(at + 1);
    if (power.starts_with('+')) power.remove_prefix(1);
    int value = 0;
    const auto [end, error] = std::from_chars(power.data(), power.data() + power.size(), value);
    if (error != std::errc() || end != power.data() + power.size()) return std::nullopt;
    constexpr int kFar = 10'000;
    if (std::abs(value) > kFar) return std::nullopt;
    exponent += value;
  }
  // cpp_int takes a leading zero for the sign of an octal number.
  const auto first = all.find_first_not_of('0');
  if (first == std::string::npos) return of(Digits{});
  Integer value(all.substr(first));
  return of(Digits{is_negative ? Integer(-value) : value, exponent});
}

Decimal Decimal::of(int64_t whole) {
  return *of(Digits{Integer(whole), 0});
}

std::optional<Decimal> add(const Decimal& a, const Decimal& b) {
  const int exponent = std::min(a.digits_->exponent, b.digits_->exponent);
  return Decimal::of({a.digits_->at(exponent) + b.digits_->at(exponent), exponent});
}

std::optional<Decimal> multiply(const Decimal& a, const Decimal& b) {
  return Decimal::of(
      {a.digits_->value * b.digits_->value, a.digits_->exponent + b.digits_->exponent});
}

std::optional<Decimal> divide(const Decimal& a, const Decimal& b) {
  const int shift =
      kQuotientDigits + std::max(0, digit_count(b.digits_->value) - digit_count(a.digits_->value));
  return Decimal::of({divided(a.digits_->value * power_of_ten(shift), b.digits_->value),
                      a.digits_->exponent - b.digits_->exponent - shift});
}

std::optional<Decimal> remainder(const Decimal& a, const Decimal& b) {
  const int exponent = std::min(a.digits_->exponent, b.digits_->exponent);
  return Decimal::of({a.digits_->at(exponent) % b.digits_->at(exponent), exponent});
}

Decimal Decimal::negated() const {
  return *of(Digits{-digits_->value, digits_->exponent});
}

Decimal Decimal::rounded(Rounding rounding) const {
  if (digits_->exponent >= 0) return *this;
  const auto unit = power_of_ten(-digits_->exponent);
  Integer rest;
  Integer whole;
  boost::multiprecision::divide_qr(digits_->value, unit, whole, rest);
  switch (rounding) {
    case Rounding::TowardZero:
      break;
    case Rounding::Down:
      if (rest < 0) --whole;
      break;
    case Rounding::Up:
      if (rest > 0) ++whole;
      break;
    case Rounding::HalfAwayFromZero:
      whole = divided(digits_->value, unit);
      break;
  }
  return *of(Digits{std::move(whole), 0});
}

int Decimal::sign() const {
  return digits_->value.sign();
}

double Decimal::to_double() const {
  const auto text = digits_->value.str() + "e" + std::to_string(digits_->exponent);
  return std::strtod(text.c_str(), nullptr);
}

std::optional<int64_t> Decimal::to_int64() const {
  const auto whole = rounded(Rounding::TowardZero);
  const auto value = whole.digits_->at(0);
  if (value < INT64_MIN || value > INT64_MAX) return std::nullopt;
  return static_cast<int64_t>(value);
}

std::string Decimal::to_string() const {
  auto text = Integer(abs(digits_->value)).str();
  if (digits_->exponent >= 0) {
    text.append(static_cast<size_t>(digits_->exponent), '0');
  } else {
    const auto places = static_cast<size_t>(-digits_->exponent);
    if (text.size() <= places) text.insert(0, places + 1 - text.size(), '0');
    text.insert(text.size() - places, 1, '.');
  }
  return sign() < 0 ? "-" + text : text;
}

std::strong_ordering Decimal::operator<=>(const Decimal& other) const {
  const int exponent = std::min(digits_->exponent, other.digits_->exponent);
  const int order = digits_->at(exponent).compare(other.digits_->at(exponent));
  return order <=> 0;
}

}  // namespace graphmock::odata
