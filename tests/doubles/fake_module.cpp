// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// The fake PKCS#11 module's only exported symbol. What it can be told to do is in fake_module_control.hpp.
#include "tests/doubles/fake_module_call.hpp"

namespace signet::fake {
namespace {

/// Turns into a function of any signature that says "not supported".
struct NotSupported {
    template <class... Arguments>
    using Function = CK_RV (*)(Arguments...);

    template <class... Arguments>
    operator Function<Arguments...>() const {
        return [](Arguments...) -> CK_RV { return CKR_FUNCTION_NOT_SUPPORTED; };
    }
};

CK_RV getFunctionList(CK_FUNCTION_LIST** list);

CK_FUNCTION_LIST makeList() {
    constexpr NotSupported no;
    // All 68 functions of version 2.40, in its order.
    CK_FUNCTION_LIST list{{2, 40}, no, no, no, no, no, no, no, no, no, no, no, no, no, no, no, no, no,
                          no,      no, no, no, no, no, no, no, no, no, no, no, no, no, no, no, no, no,
                          no,      no, no, no, no, no, no, no, no, no, no, no, no, no, no, no, no, no,
                          no,      no, no, no, no, no, no, no, no, no, no, no, no, no, no};
    list.C_GetFunctionList = getFunctionList;
    addGeneralFunctions(list);
    addSessionFunctions(list);
    addObjectFunctions(list);
    return list;
}

CK_RV getFunctionList(CK_FUNCTION_LIST** list) {
    static CK_FUNCTION_LIST functions = makeList();
    const auto body = [&](Call&) -> CK_RV {
        if (list == nullptr) return CKR_ARGUMENTS_BAD;
        *list = &functions;
        return CKR_OK;
    };
    return call("C_GetFunctionList", body, false);
}

}  // namespace
}  // namespace signet::fake

extern "C" __attribute__((visibility("default"))) CK_RV C_GetFunctionList(CK_FUNCTION_LIST** list) {
    return signet::fake::getFunctionList(list);
}
