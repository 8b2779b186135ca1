# What makes an error in memory end the program instead of being of use to somebody: in optimised
# builds, which users run. The others find such errors by their assertions and sanitizers.
if(CMAKE_BUILD_TYPE STREQUAL Release AND NOT GRAPHMOCK_SANITIZE)
  add_compile_options(-fPIE -fstack-protector-strong -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3)
  add_compile_definitions(_GLIBCXX_ASSERTIONS)
  add_link_options(-pie -Wl,-z,relro -Wl,-z,now -Wl,-z,noexecstack)
endif()
