# Everything comes from the distribution's packages; how each is found differs between
# Debian 12, Debian 13 and Ubuntu 24.04, so every one has its second way here.
find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
find_package(pugixml REQUIRED)
find_package(CLI11 REQUIRED)
find_package(absl REQUIRED)
find_package(OpenSSL REQUIRED)
pkg_check_modules(httplib REQUIRED IMPORTED_TARGET cpp-httplib)
pkg_check_modules(zlib REQUIRED IMPORTED_TARGET zlib)
pkg_check_modules(re2 REQUIRED IMPORTED_TARGET re2)
pkg_check_modules(utf8proc REQUIRED IMPORTED_TARGET libutf8proc)

# Boost.JSON: newer distributions ship CMake files for it, Debian 12 only with the 1.81 headers.
find_package(boost_json CONFIG QUIET)
if(TARGET Boost::json)
  set(boost_json_target Boost::json)
else()
  find_path(BOOST_JSON_INCLUDE_DIR boost/json.hpp REQUIRED)
  find_library(BOOST_JSON_LIBRARY boost_json REQUIRED)
  add_library(graphmock_boost_json INTERFACE)
  target_include_directories(graphmock_boost_json SYSTEM INTERFACE ${BOOST_JSON_INCLUDE_DIR})
  target_link_libraries(graphmock_boost_json INTERFACE ${BOOST_JSON_LIBRARY})
  set(boost_json_target graphmock_boost_json)
endif()

add_library(graphmock_dependencies INTERFACE)
target_link_libraries(graphmock_dependencies INTERFACE
  Threads::Threads PkgConfig::httplib PkgConfig::zlib PkgConfig::re2 PkgConfig::utf8proc OpenSSL::SSL ${boost_json_target}
  pugixml::pugixml CLI11::CLI11 absl::time)
