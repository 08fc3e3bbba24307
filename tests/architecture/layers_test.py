# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: 2026 The Signet authors
"""The layer test finds each kind of wrong arrow, and this tree has none."""
import os
import tempfile
import unittest
from pathlib import Path

import layers

SPDX = "// SPDX-License-Identifier: Apache-2.0\n"


class Layers(unittest.TestCase):
    def faults(self, folder, text):
        with tempfile.TemporaryDirectory() as root:
            path = Path(root) / folder / "x.cpp"
            path.parent.mkdir()
            path.write_text(SPDX + text, encoding="utf-8")
            return layers.faults_of_includes(Path(root))

    def test_wrong_arrows_are_found(self):
        for folder, text in [
            ("certs", '#include "pkcs11/token.hpp"\n'),
            ("platform", '#include "agent/ui.hpp"\n'),
            ("base", '#include "certs/chain.hpp"\n'),
            ("agent", '#include "ui/tray.hpp"\n'),
            ("agent", '#include "tests/doubles/fake.hpp"\n'),
            ("certs", "#include <QString>\n"),
            ("agent", "#include <QWidget>\n"),
            ("agent", "#include <p11-kit/pkcs11.h>\n"),
            ("agent", "return CKR_OK;\n"),
            ("agent", "\n" * 501),
        ]:
            with self.subTest(folder=folder, text=text[:40]):
                self.assertEqual(len(self.faults(folder, text)), 1)

    def test_right_arrows_are_accepted(self):
        for folder, text in [
            ("agent", '#include "pkcs11/token.hpp"\n#include <QObject>\n'),
            ("platform", '#include "certs/chain.hpp"\n'),
            ("pkcs11", "#include <p11-kit/pkcs11.h>\nreturn CKR_OK;\n"),
        ]:
            with self.subTest(folder=folder):
                self.assertEqual(self.faults(folder, text), [])

    def test_missing_head_is_found(self):
        with tempfile.TemporaryDirectory() as root:
            path = Path(root) / "base" / "x.cpp"
            path.parent.mkdir()
            path.write_text("int x;\n", encoding="utf-8")
            self.assertEqual(len(layers.faults_of_includes(Path(root))), 1)

    def test_wrong_links_are_found(self):
        self.assertEqual(len(layers.faults_of_links("signet_platform: signet_agent;signet_base")), 1)
        self.assertEqual(len(layers.faults_of_links("signet_certs: $<LINK_ONLY:signet_pkcs11>")), 1)
        self.assertEqual(len(layers.faults_of_links("signet_certs: Qt6::Core")), 1)
        self.assertEqual(layers.faults_of_links("signet_agent: signet_pkcs11;Qt6::Core"), [])

    def test_this_tree(self):
        source = Path(os.environ["SIGNET_SOURCE"])
        graph = Path(os.environ["SIGNET_LINK_GRAPH"]).read_text(encoding="utf-8")
        self.assertIn("signet_agent:", graph)
        self.assertEqual(layers.faults_of_includes(source) + layers.faults_of_links(graph), [])


if __name__ == "__main__":
    unittest.main()
