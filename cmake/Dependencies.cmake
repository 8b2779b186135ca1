# Everything comes from the distribution's packages; how each is found differs between
# Debian 12, Debian 13 and Ubuntu 24.04, so every one has its second way here.
find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
find_package(CLI11 REQUIRED)
find_package(OpenSSL REQUIRED)
pkg_check_modules(httplib REQUIRED IMPORTED_TARGET cpp-httplib)
pkg_check_modules(zlib REQUIRED IMPORTED_TARGET zlib)

# The fewer libraries the system has to load, the sooner the server starts: these are linked as
# archives where there are any. The others come with cpp-httplib, which has none everywhere.
pkg_check_modules(archived REQUIRED re2 libutf8proc pugixml absl_time)
list(REMOVE_ITEM archived_STATIC_LIBRARIES atomic rt)  # the compiler's and the system's own
list(REMOVE_ITEM archived_CFLAGS -DNOMINMAX)           # for Windows alone
add_library(graphmock_archives INTERFACE)
target_compile_options(graphmock_archives INTERFACE ${archived_CFLAGS})
foreach(name IN LISTS archived_STATIC_LIBRARIES)
  find_library(${name}_archive NAMES lib${name}.a ${name} HINTS ${archived_STATIC_LIBRARY_DIRS} REQUIRED)
  target_link_libraries(graphmock_archives INTERFACE ${${name}_archive})
endforeach()

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
  Threads::Threads PkgConfig::httplib PkgConfig::zlib OpenSSL::SSL ${boost_json_target} CLI11::CLI11
  graphmock_archives)
