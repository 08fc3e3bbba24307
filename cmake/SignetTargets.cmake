# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: 2026 The Signet authors
# The few functions with which every folder declares its library, its programs and its tests.

add_library(signet_flags INTERFACE)
target_compile_options(signet_flags INTERFACE
    -Wall -Wextra -Wshadow -Wnon-virtual-dtor -Wimplicit-fallthrough -Werror
    -fstack-protector-strong)
target_link_options(signet_flags INTERFACE -Wl,-z,relro,-z,now)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # GCC 12 reports overlapping copies, bounds and dangling pointers inside libstdc++ (GCC bugs 105329, 105651, 110498).
    target_compile_options(signet_flags INTERFACE -Wno-restrict -Wno-dangling-pointer -Wno-maybe-uninitialized
        -Wno-array-bounds -Wno-stringop-overread -Wno-stringop-overflow)
endif()
if(CMAKE_BUILD_TYPE STREQUAL "Release")
    target_compile_definitions(signet_flags INTERFACE _FORTIFY_SOURCE=2)
endif()
if(SIGNET_SANITIZE)
    add_compile_options(-fsanitize=${SIGNET_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
    add_link_options(-fsanitize=${SIGNET_SANITIZE})
    if(SIGNET_SANITIZE MATCHES undefined)
        # A check before each use of a pointer makes compiling twice as long. Lost with it: what would be said of
        # misaligned and mistyped access; a null pointer ends the program all the same.
        add_compile_options(-fno-sanitize=null,alignment,vptr)
    endif()
    if(SIGNET_SANITIZE MATCHES thread)
        # GCC refuses Asio's fences, which ThreadSanitizer does not see; Asio's locks are enough here.
        add_compile_definitions(BOOST_ASIO_DISABLE_FENCED_BLOCK)
    endif()
endif()

# signet_library(NAME SOURCES … HEADERS … PRIVATE … PUBLIC …): the static library of one folder.
# Headers are included as "folder/name.hpp"; links are PRIVATE unless a public header needs them.
function(signet_library name)
    cmake_parse_arguments(ARG "" "" "SOURCES;HEADERS;PRIVATE;PUBLIC" ${ARGN})
    add_library(signet_${name} STATIC ${ARG_SOURCES})
    target_sources(signet_${name} PUBLIC FILE_SET HEADERS BASE_DIRS ${CMAKE_SOURCE_DIR} FILES ${ARG_HEADERS})
    target_link_libraries(signet_${name} PUBLIC ${ARG_PUBLIC} PRIVATE signet_flags ${ARG_PRIVATE})
endfunction()

# signet_program(NAME SOURCES … LINK …): a program in build/bin.
function(signet_program name)
    cmake_parse_arguments(ARG "" "" "SOURCES;LINK" ${ARGN})
    add_executable(${name} ${ARG_SOURCES})
    target_link_libraries(${name} PRIVATE signet_flags ${ARG_LINK})
endfunction()

# Tests are compiled without optimisation: they run once.
function(signet_test_code target)
    target_compile_options(${target} PRIVATE -O0)
endfunction()

# signet_test(NAME SOURCES … LINK … LABELS … ENVIRONMENT …): a GoogleTest program whose cases CTest knows one by one.
function(signet_test name)
    cmake_parse_arguments(ARG "" "TIMEOUT" "SOURCES;LINK;LABELS;ENVIRONMENT" ${ARGN})
    if(NOT SIGNET_TESTS)
        return()
    endif()
    if(NOT ARG_TIMEOUT)
        set(ARG_TIMEOUT 120)
    endif()
    add_executable(${name} ${ARG_SOURCES})
    signet_test_code(${name})
    target_link_libraries(${name} PRIVATE signet_flags ${ARG_LINK} GTest::gmock GTest::gtest_main)
    set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
    add_test(NAME ${name} COMMAND ${name})
    set_tests_properties(${name} PROPERTIES TIMEOUT ${ARG_TIMEOUT} LABELS "${ARG_LABELS}"
        ENVIRONMENT "SIGNET_BIN=${CMAKE_BINARY_DIR}/bin;SIGNET_LIB=${CMAKE_BINARY_DIR}/lib;SIGNET_SOURCE=${CMAKE_SOURCE_DIR};${ARG_ENVIRONMENT}")
endfunction()

# signet_benchmark(NAME SOURCES … LINK …): a Google Benchmark program, run by ./dev bench.
function(signet_benchmark name)
    cmake_parse_arguments(ARG "" "" "SOURCES;LINK" ${ARGN})
    if(NOT SIGNET_BENCHMARKS)
        return()
    endif()
    add_executable(${name} ${ARG_SOURCES})
    target_link_libraries(${name} PRIVATE signet_flags ${ARG_LINK} benchmark::benchmark)
    set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bench)
endfunction()

# signet_fuzzer(NAME SOURCES … LINK …): a libFuzzer target; its seeds are in tests/fuzz/seeds/NAME.
function(signet_fuzzer name)
    cmake_parse_arguments(ARG "" "" "SOURCES;LINK" ${ARGN})
    if(NOT SIGNET_FUZZ)
        return()
    endif()
    add_executable(fuzz_${name} ${ARG_SOURCES})
    target_link_libraries(fuzz_${name} PRIVATE signet_flags ${ARG_LINK})
    target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
    set_target_properties(fuzz_${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/fuzz)
endfunction()
