# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: 2026 The Signet authors
"""Attacks on what the agent trusts and writes: its localhost certificate, links, the policy, files, the log (attacks.md 48–55).

Where other tests show a line: 47 and 49 (uninstalling): the installer's. 52, by the command line: faults_test.py, tests/agent/relay_test.cpp.
53, all the ways: tests/agent/configuration_files_test.cpp. 54: tests/agent/journal_test.cpp, tests/base/file_test.cpp.
"""
import contextlib
import json
import os
import re
import shutil
import stat
import subprocess
import time
import unittest
import urllib.parse
from pathlib import Path
from concurrent.futures import ThreadPoolExecutor

from attacks import FOREIGN, Attacked, Local, close_code, request, wait_for
from front import Front, free_port
from harness import BIN, Pki, Stage
from namespaces import can_isolate
from page import Page, Visit, code_of

DAY = 24 * 60 * 60


def openssl(*arguments, **options):
    return subprocess.run(["openssl", *map(str, arguments)], capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=30,
                          **options)


class Localhost(Attacked):
    def files(self):
        folder = self.agent.authority.parent
        return folder / "ca.pem", folder / "localhost.pem"

    def test_48_authority_can_vouch_for_this_computer_only_and_its_key_is_gone(self):
        authority, server = self.files()
        text = openssl("x509", "-in", authority, "-noout", "-text").stdout
        for part in (r"Name Constraints: critical\s+Permitted:\s+DNS:localhost\s+IP:127\.0\.0\.0/255\.0\.0\.0\s+IP:0:0:0:0:0:0:0:1/FFFF:",
                     r"Basic Constraints: critical\s+CA:TRUE, pathlen:0", r"Key Usage: critical\s+Certificate Sign\n",
                     r"Extended Key Usage: \s+TLS Web Server Authentication\n"):
            self.assertRegex(text, part)
        self.assertEqual(openssl("verify", "-CAfile", authority, "-purpose", "sslserver", "-verify_hostname", "localhost",
                                 server).returncode, 0)
        for name in ("uc.example.test", "localhost.evil.example", "xlocalhost"):
            self.assertNotEqual(openssl("verify", "-CAfile", authority, "-verify_hostname", name, server).returncode, 0)
        # The one key that is kept is the server's, which can sign no certificate.
        public = [openssl("x509", "-in", path, "-noout", "-pubkey").stdout for path in (authority, server)]
        keys = []
        for path in self.stage.home.rglob("*"):
            if path.is_file() and b"PRIVATE KEY" in path.read_bytes():
                keys.append(openssl("pkey", "-in", path, "-pubout").stdout)
        self.assertEqual(keys, [public[1]])
        self.assertNotEqual(public[0], public[1])
        self.assertRegex(openssl("x509", "-in", server, "-noout", "-text").stdout, r"Basic Constraints: critical\s+CA:FALSE")

    def test_48_certificate_below_the_servers_key_is_not_believed(self):
        authority, server = self.files()
        folder = self.stage.folder / "forged"
        folder.mkdir()
        request_file, made = folder / "request", folder / "made"
        openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", folder / "key", "-subj",
                "/CN=uc.example.test", "-out", request_file)
        (folder / "extensions").write_text("subjectAltName=DNS:uc.example.test\n")
        signed = openssl("x509", "-req", "-in", request_file, "-CA", server, "-CAkey", server, "-out", made, "-extfile",
                         folder / "extensions")
        self.assertEqual(signed.returncode, 0, signed.stderr)
        self.assertNotEqual(openssl("verify", "-CAfile", authority, "-untrusted", server, made).returncode, 0)
        shutil.rmtree(folder)

    def test_50_tls_is_1_2_or_later_and_authenticated_encryption_only(self):
        def hello(*options):
            done = openssl("s_client", "-connect", f"127.0.0.1:{self.agent.wss}", "-CAfile", self.agent.authority, "-verify_return_error",
                           "-servername", "localhost", *options)
            return done.stdout + done.stderr
        weak = ("-cipher", "ALL:@SECLEVEL=0")
        for options in (("-tls1", *weak), ("-tls1_1", *weak), ("-tls1_2", "-cipher", "AES128-SHA:AES256-SHA:@SECLEVEL=0"),
                        ("-tls1_2", "-cipher", "ECDHE-ECDSA-AES128-SHA256:ECDHE-ECDSA-AES256-SHA384"),
                        ("-tls1_2", "-cipher", "AES128-GCM-SHA256"), ("-tls1_2", "-cipher", "DHE-RSA-AES128-GCM-SHA256"),
                        ("-tls1_2", "-cipher", "aNULL:eNULL:@SECLEVEL=0"),
                        ("-tls1_2", "-cipher", "RC4:3DES:@SECLEVEL=0"), ("-tls1_3", "-ciphersuites", "TLS_AES_128_CCM_8_SHA256")):
            with self.subTest(options):
                self.assertNotRegex(hello(*options), r"Cipher is (?!\(NONE\))|Cipher    : (?!0000)\S")
        for options, cipher in ((("-tls1_2",), "GCM|CHACHA20"), (("-tls1_3",), "TLS_")):
            text = hello(*options)
            self.assertRegex(text, rf"Cipher is \S*({cipher})")
            self.assertIn("Compression: NONE", text)
            self.assertNotIn("TLS session ticket:", text)
            self.assertIn("Verify return code: 0 (ok)", text)

    def test_50_renegotiation_is_refused(self):
        with subprocess.Popen(["openssl", "s_client", "-connect", f"127.0.0.1:{self.agent.wss}", "-tls1_2", "-legacy_renegotiation"],
                              stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True) as client:
            out, _ = client.communicate("R\n", timeout=20)
        self.assertRegex(out, "no renegotiation|alert|error")


class Renewal(unittest.TestCase):
    def made(self, stage, days, *, constraints=True):
        """A pair as the agent keeps it, with so many days to live."""
        folder = stage.home / ".local/share/signet/localhost"
        folder.mkdir(parents=True, mode=0o700, exist_ok=True)
        work = stage.folder / "work"
        work.mkdir(exist_ok=True)
        for name in ("ca", "server"):
            openssl("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", work / f"{name}.key")
        openssl("req", "-x509", "-new", "-key", work / "ca.key", "-subj", "/CN=Signet localhost 00000000", "-days", days, "-out",
                folder / "ca.pem")
        openssl("req", "-new", "-key", work / "server.key", "-subj", "/CN=localhost", "-out", work / "request")
        (work / "extensions").write_text("subjectAltName=DNS:localhost,IP:127.0.0.1\n")
        done = openssl("x509", "-req", "-in", work / "request", "-CA", folder / "ca.pem", "-CAkey", work / "ca.key", "-days", days,
                       "-extfile", work / "extensions", "-out", work / "server.crt")
        self.assertEqual(done.returncode, 0, done.stderr)
        server = folder / "localhost.pem"
        server.write_text((work / "server.crt").read_text() + (work / "server.key").read_text())
        server.chmod(0o600)
        return folder

    # Half of 49: it renews itself before its end. A pair that is not whole, or that others can read, is not used either.
    def test_49_pair_is_renewed_before_its_end_and_when_it_is_not_whole(self):
        pki = Pki("--only", "enterprise-p256")
        self.addCleanup(pki.close)
        stage = Stage(pki)
        self.addCleanup(stage.close)
        stage.configure("https://localhost:1", modules=())

        def serve(days, change=lambda folder: None):
            """Whether the agent keeps this pair, and the end of the one that it serves."""
            folder = self.made(stage, days)
            change(folder)
            before = (folder / "ca.pem").read_bytes()
            agent = stage.start_agent()
            answer = request(agent.wss, ["GET /v1/hello HTTP/1.1", f"Host: localhost:{agent.wss}", "Origin: https://localhost:1"],
                             agent.authority)
            self.assertEqual(answer.status, 200)
            agent.stop()
            server = folder / "localhost.pem"
            self.assertEqual(stat.S_IMODE(os.lstat(server).st_mode), 0o600)
            self.assertFalse(server.is_symlink())
            return (folder / "ca.pem").read_bytes() == before

        self.assertTrue(serve(200))
        self.assertFalse(serve(30))
        self.assertFalse(serve(200, lambda folder: (folder / "localhost.pem").chmod(0o644)))
        self.assertFalse(serve(200, lambda folder: (folder / "localhost.pem").write_text("nonsense")))
        victim = stage.folder / "victim"

        def link(folder):
            (folder / "localhost.pem").rename(victim)
            (folder / "localhost.pem").symlink_to(victim)
        self.assertFalse(serve(200, link))
        self.assertIn("PRIVATE KEY", victim.read_text(), "what a link names is not written over")


class Links(Attacked):
    def follow(self, *arguments):
        done = subprocess.run([BIN / "signet-agent", "--headless", "--config", self.stage.config, *arguments], env=self.stage.environment,
                              capture_output=True, timeout=30)
        return done.returncode, done.stderr.decode(errors="replace")

    def by_socket(self, url):
        with Local(self.stage) as local:
            local.say(json.dumps({"door": "link", "url": url}))
            return json.loads(local.hear())

    def test_51_hostile_links_ask_nobody(self):
        issuer = urllib.parse.quote(self.platform.issuer, safe="")
        plain = self.platform.issuer
        links = ["", "signet:", "signet://", "signet:login", f"signet:login?issuer={issuer}", "signet://login", "signet://login?",
                 "signet://login?issuer=", f"SIGNET://login?issuer={issuer}",
                 f"signet://LOGIN?issuer={issuer}", f"signet://login//?issuer={issuer}", f"signet://evil?issuer={issuer}",
                 f"signet://user@login?issuer={issuer}", f"signet://login:1?issuer={issuer}",
                 f"signet://login/../x?issuer={issuer}", f"signet://login?issuer={issuer}&challenge_id=AAAAAAAAAAAAAAAAAAAAAA",
                 f"signet://login?challenge_id=x&issuer={issuer}",
                 f"signet://login?issuer={issuer}&issuer={issuer}", f"signet://login?Issuer={issuer}", f"signet://login?issuer%3D{issuer}",
                 f"signet://login?issuer={issuer}#x",
                 f"signet://login?issuer={issuer};x", f"signet://login?issuer={issuer}%00", f"signet://login?issuer={issuer}%0d%0aX:y",
                 f"signet://login?issuer={issuer}%2", f"signet://login?issuer={issuer}%zz",
                 f"signet://login?issuer={issuer}%26askpass=/tmp/x", f"signet://login?issuer={plain}/",
                 f"signet://login?issuer={plain}%20--askpass%20/tmp/x", f"signet://login?issuer={plain} --askpass /tmp/x",
                 f"signet://login?issuer={plain}\n--askpass", "signet://login?issuer=https://evil.example",
                 "signet://login?issuer=http://localhost", "signet://login?issuer=javascript:alert(1)",
                 "signet://login?issuer=file:///etc/passwd", f"signet://login?issuer={plain}@evil.example",
                 "signet://login?issuer=" + "a" * 1024, f"signet://login?issuer={issuer}\u202e",
                 "https://evil.example", f"signet://open?url=https://evil.example", f"signet://config?module=/tmp/x.so"]
        for link in links:
            with self.subTest(link):
                answer = self.by_socket(link)
                self.assertEqual(answer["ok"], False)
                self.assertIn(answer["code"], ("invalid_request", "issuer_not_allowed"))
        # One argument, as the desktop hands it over; an agent that runs already says no to it.
        with ThreadPoolExecutor(4) as some:
            chosen = [link for link in links if link and "\0" not in link][::4]
            for link, (status, err) in zip(chosen, some.map(self.follow, chosen)):
                self.assertNotEqual(status, 0, link)
                self.assertNotRegex(err, r"[\x00-\x09\x0b-\x1f\x7f]|\u202e", link)

    def test_51_options_and_second_arguments_are_usage_errors(self):
        link = f"signet://login?issuer={self.platform.issuer}"
        for arguments in ((link, link), (link, "/etc/passwd"), (link, "--askpass"), ("--load", link), (f"--{link}",)):
            with self.subTest(arguments):
                self.assertEqual(self.follow(*arguments)[0], 2)

    # From the link to the browser: one address, without a secret, good once.
    def test_51_good_link_logs_in_and_hands_one_address_to_the_browser(self):
        self.is_untouched = False
        folder = self.stage.folder / "fake-bin"
        folder.mkdir()
        opened, inherited = self.stage.folder / "opened", self.stage.folder / "inherited"
        browser = folder / "xdg-open"
        browser.write_text(f'#!/bin/sh\nprintf "%s\\n" "$#" "$@" >>{opened}\nls -l /proc/$$/fd >{inherited}\n')
        browser.chmod(0o700)
        with_browser = {"PATH": f"{folder}:{os.environ['PATH']}"}
        self.agent.stop()
        type(self).agent = self.stage.start_agent(environment=with_browser)
        status, err = self.follow(f"signet://login/?issuer={urllib.parse.quote(self.platform.issuer, safe='')}")
        self.assertEqual(status, 0, err)
        wait_for(lambda: opened.exists() and opened.read_text().count("\n") >= 2, "the browser")
        count, address = opened.read_text().splitlines()
        self.assertEqual(count, "1")
        self.assertRegex(address, rf"^http://127\.0\.0\.1:{self.agent.ws}/v1/open/[\w-]{{43}}$")
        wait_for(lambda: inherited.exists() and "fd/" not in inherited.read_text() and "total" in inherited.read_text(),
                 "what the browser inherits")
        self.assertNotRegex(inherited.read_text(), "socket:|agent.lock|anon_inode")
        target = urllib.parse.urlsplit(address).path
        # A page cannot take it: not with its origin, not under another name, not with another method.
        for head, refused in ((self.hello_head(self.agent.ws, FOREIGN, target=target), 403),
                              (self.hello_head(self.agent.ws, self.origin, target=target), 404),
                              (self.hello_head(self.agent.ws, None, host=f"evil.example:{self.agent.ws}", target=target), 421),
                              (self.hello_head(self.agent.ws, None, method="POST", target=target), 403),
                              (self.hello_head(self.agent.ws, None, method="HEAD", target=target), 403)):
            self.assertEqual(request(self.agent.ws, head).status, refused)
        first = request(self.agent.ws, self.hello_head(self.agent.ws, None, target=target))
        self.assertEqual(first.status, 303)
        self.assertTrue(first.fields["location"].startswith(f"{self.platform.issuer}/login/handoff#"))
        self.assertEqual((first.fields["referrer-policy"], first.fields["cache-control"]), ("no-referrer", "no-store"))
        self.assertEqual(request(self.agent.ws, self.hello_head(self.agent.ws, None, target=target)).status, 403)
        secret = first.fields["location"].rpartition(".")[2]
        self.assertNotIn(secret, self.agent.log.read_text() + opened.read_text())


class Relay(Attacked):
    """52 through the agent."""

    @classmethod
    def configure(cls):
        super().configure()
        inner = free_port()
        cls.front = Front(cls.pki, inner)
        cls.addClassCleanup(cls.front.server.close)
        cls.behind = cls.stage.start_platform(name="platform-behind", port=inner, public_port=cls.front.port)
        cls.stage.config.write_text(f"issuer = {cls.front.server.issuer}\n" + cls.stage.config.read_text())

    def test_52_bad_answers_of_the_platform_are_named_and_sign_nothing(self):
        issuer = self.front.server.issuer
        json_type = {"Content-Type": "application/json"}
        metadata, challenge = "/.well-known/signet-issuer", Visit(self.behind).challenge_id
        good = self.front.forward("GET", metadata, {}, b"")[2]
        replies = {
            "redirect": ("redirect_refused", 302, {"Location": f"{issuer}/x"}, b""),
            "redirect to http": ("redirect_refused", 308, {"Location": "http://localhost/"}, b""),
            "ten megabytes": ("answer_too_large", 200, json_type, b" " * 10_000_000),
            "garbage": ("answer_malformed", 200, json_type, b"\xff{{"),
            "page": ("answer_malformed", 200, {"Content-Type": "text/html"}, good),
            "duplicate": ("answer_malformed", 200, json_type, b'{"issuer":"a",' + good[1:]),
            "another issuer": ("issuer_mismatch", 200, json_type, good.replace(issuer.encode(), b"https://evil.example")),
            "endpoint elsewhere": ("endpoint_foreign", 200, json_type,
                                   re.sub(rb'("challenge_endpoint":")[^"]*', rb"\1https://evil.example/c", good)),
            "endpoint http": ("endpoint_foreign", 200, json_type, re.sub(rb'("login_endpoint":")https', rb"\1http", good)),
            "endpoint with CR LF": ("answer_malformed", 200, json_type, re.sub(rb'("login_endpoint":"[^"]*)', rb"\1\\r\\nX: y", good)),
        }
        with Page(self.agent, issuer) as page:
            for name, (reason, *reply) in replies.items():
                with self.subTest(name):
                    self.front.change = {("GET", metadata): lambda *_, reply=reply: reply}
                    answer = page.login(issuer, challenge)
                    self.assertEqual((code_of(answer), answer["error"]["data"]["reason"]), ("platform_error", reason), answer)
                    self.assertNotIn("evil", json.dumps(answer))
            self.front.change = {}


class Files(Attacked):
    def test_54_files_are_0600_and_folders_0700(self):
        places = [self.stage.home / ".local", self.stage.runtime / "signet"]
        seen = 0
        for place in places:
            for path in (place, *place.rglob("*")):
                mode = os.lstat(path).st_mode
                with self.subTest(str(path)):
                    # What browsers are to trust is no secret, but only this user may write it.
                    self.assertEqual(stat.S_IMODE(mode), 0o700 if stat.S_ISDIR(mode) else 0o600)
                seen += 1
        self.assertGreater(seen, 8)
        self.assertEqual(stat.S_IMODE(os.lstat(self.agent.port_file).st_mode), 0o600)

    def start_broken(self, **options):
        done = subprocess.run([str(part)
                               for part in (BIN / "signet-agent", "--headless", "--config", self.stage.config, "--port", "0", "--askpass",
                                            self.stage.askpass)],
                              env={**self.stage.environment, **options}, capture_output=True, text=True, timeout=30)
        return done.returncode, done.stderr

    def test_54_socket_folder_that_is_a_link_or_open_to_others_is_refused(self):
        for name in ("link", "open", "sticky", "file"):
            with self.subTest(name):
                runtime = self.stage.folder / f"runtime-{name}"
                runtime.mkdir(mode=0o700)
                place = runtime / "signet"
                if name == "link":
                    (runtime / "elsewhere").mkdir(mode=0o700)
                    place.symlink_to(runtime / "elsewhere")
                elif name == "file":
                    place.write_text("x")
                else:
                    place.mkdir()
                    place.chmod(0o755 if name == "open" else 0o1777)
                status, err = self.start_broken(XDG_RUNTIME_DIR=str(runtime))
                self.assertEqual(status, 1, err)
                self.assertEqual(list((runtime / "elsewhere").iterdir()) if name == "link" else [], [])
                shutil.rmtree(runtime)
        # A lock that is a link is not opened either.
        runtime = self.stage.folder / "runtime-lock"
        (runtime / "signet").mkdir(parents=True, mode=0o700)
        (runtime / "signet").chmod(0o700)
        (runtime / "signet/agent.lock").symlink_to(runtime / "victim")
        self.assertEqual(self.start_broken(XDG_RUNTIME_DIR=str(runtime))[0], 1)
        self.assertFalse((runtime / "victim").exists())
        shutil.rmtree(runtime)

    def test_54_what_is_written_in_the_log_is_plain_and_none_of_an_attackers(self):
        marker = b"eViL"
        port = self.agent.ws
        start = self.agent.log.stat().st_size
        for data in (b"GET /" + marker + b"\x1b[31m HTTP/1.1\r\nHost: x\r\n\r\n",
                     f"GET /v1/hello HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: https://".encode() + marker + b"\x1b]0;x\x07\r\n\r\n",
                     b"\x1b[2J" + marker + b"\r\n\r\n", b"GET / HTTP/1.1\r\nHost: " + marker + b"\xe2\x80\xae\r\n\r\n"):
            self.exchange(port, data)
            time.sleep(1.05)  # each gets a line
        log = self.agent.log.read_bytes()[start:]
        self.assertNotIn(marker.lower(), log.lower())
        self.assertRegex(log, rb"^(signet-agent: bridge: refused, \d+ [A-Za-z ]+(\(and \d+ more\))?\n)+$")

    def test_54_hostile_names_of_files_are_shown_literally(self):
        hostile = self.stage.folder / "evil\n\x1b[31m\u202e.conf"
        hostile.write_text("module = relative.so\n")
        for arguments in (("--config", hostile), ("--config", hostile.with_name("missing\r\x07\x9b")), ("\x1b[31m\n",), ("--\x1b[31m",)):
            done = subprocess.run([BIN / "signet-agent", "--headless", *arguments], env=self.stage.environment, capture_output=True,
                                  text=True, timeout=30)
            self.assertNotEqual(done.returncode, 0)
            self.assertNotRegex(done.stderr, "[\x00-\x09\x0b-\x1f\x7f\x9b\u202e]")
        hostile.unlink()

    def test_55_four_hundred_unknown_origins_cost_nothing(self):
        def attack():
            for number in range(400):
                origin = f"https://site{number}.{'x' * 200}.example"
                make = (lambda: self.hello_head(self.agent.ws, origin)) if number % 2 else (lambda: self.hello_head(self.agent.ws, origin,
                                                                                                                    method="OPTIONS"))
                self.assertEqual(request(self.agent.ws, make()).status, 403)
        began = time.monotonic()
        start = self.agent.log.read_text().count("\n")
        self.assert_flat(attack, 512)
        lines = self.agent.log.read_text().count("\n") - start
        self.assertLessEqual(lines, time.monotonic() - began + 2)


@unittest.skipUnless(can_isolate(), "a file system of its own needs root")
class OtherMachines(unittest.TestCase):
    """Machines with a policy, and with a full disk: mounts that only the agent sees."""

    def setUp(self):
        self.pki = Pki("--only", "enterprise-p256")
        self.addCleanup(self.pki.close)
        self.stage = Stage(self.pki)
        self.addCleanup(self.stage.close)
        self.platform = self.stage.start_platform()

    def agent_with_policy(self, text, mode=0o644, folder_mode=0o755, owner=0):
        etc = self.stage.folder / "etc"
        folder = etc / "signet"
        shutil.rmtree(folder, ignore_errors=True)
        etc.mkdir(exist_ok=True)
        for name in ("passwd", "group", "nsswitch.conf", "ld.so.cache", "hosts", "resolv.conf"):
            if os.path.exists(f"/etc/{name}"):
                shutil.copy(f"/etc/{name}", etc / name)
        folder.mkdir()
        policy = folder / "policy.conf"
        policy.write_text(text)
        os.chown(policy, owner, owner)
        policy.chmod(mode)
        folder.chmod(folder_mode)
        etc.chmod(0o755)
        port_file = self.stage.folder / "ports"
        port_file.unlink(missing_ok=True)
        script = 'mount --bind "$1" /etc && shift && exec "$@"'
        command = ["unshare", "--mount", "sh", "-c", script, "sh", etc, BIN / "signet-agent", "--headless", "--config", self.stage.config,
                   "--port", "0", "--port-file", port_file,
                   "--askpass", self.stage.askpass]
        process = subprocess.Popen([str(part) for part in command], env=self.stage.environment, stdin=subprocess.DEVNULL,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        wait_for(lambda: process.poll() is not None or port_file.exists(), "the agent")
        if process.poll() is None:
            process.terminate()
        _, err = process.communicate(timeout=20)
        return process.returncode, err

    def test_53_broken_or_writable_policy_fails_closed(self):
        self.stage.configure(self.platform.issuer)
        self.assertEqual(self.agent_with_policy("bridge.tls = no\n")[0], 0)
        for name, options in {"unknown key": {"text": "pin.free = yes\n"}, "wildcard": {"text": "issuer = *\n"},
                              "garbage": {"text": "\x00\xff\x1b[31m"}, "no value": {"text": "issuer\n"},
                              "given twice": {"text": "bridge.tls = no\nbridge.tls = yes\n"},
                              "writable by others": {"text": "bridge.tls = no\n", "mode": 0o666},
                              "writable by a group": {"text": "bridge.tls = no\n", "mode": 0o664},
                              "folder of others": {"text": "bridge.tls = no\n", "folder_mode": 0o777},
                              "another owner": {"text": "bridge.tls = no\n", "owner": 1000}}.items():
            with self.subTest(name):
                status, err = self.agent_with_policy(**options)
                self.assertEqual(status, 2, err)
                self.assertIn("/etc/signet", err)
                self.assertNotIn("\x1b", err)

    def test_54_full_disk_leaves_nothing_half_written_and_logins_work(self):
        self.stage.add_token("lock", "enterprise-p256")
        self.stage.configure(self.platform.issuer)
        self.assertEqual(self.stage.register(self.platform).status, 0)
        # The agent's state is on a small file system, which only it sees and which the test fills from within.
        script = 'mount -t tmpfs -o size=256k,mode=700 tmpfs "$1" && shift && exec "$@"'
        state = self.stage.home / "state"
        state.mkdir(mode=0o700)
        wrapper = self.stage.folder / "wrapper"
        wrapper.write_text(f"#!/bin/sh\nexec unshare --mount sh -c '{script}' sh {state} {BIN}/signet-agent \"$@\"\n")
        wrapper.chmod(0o700)
        port_file = self.stage.folder / "agent-port"
        with open(self.stage.folder / "agent.log", "wb") as log:
            process = subprocess.Popen([str(part)
                                        for part in (wrapper, "--headless", "--config", self.stage.config, "--port", "0", "--port-file",
                                                     port_file, "--askpass", self.stage.askpass)],
                                       env={**self.stage.environment, "XDG_STATE_HOME": str(state)}, stdin=subprocess.DEVNULL, stdout=log,
                                       stderr=log)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        wait_for(port_file.exists, "the agent")
        ports = json.loads(port_file.read_text())

        class Door:
            ws, wss, authority = ports["ws"], ports["wss"], None

        def log_in():
            with Page(Door, self.platform.issuer) as page:
                return page.login(self.platform.issuer, Visit(self.platform).challenge_id)
        inside = Path(f"/proc/{process.pid}/root{state}")
        self.assertIn("result", log_in())
        files = {path.name for path in (inside / "signet").iterdir()}
        self.assertIn("sites.json", files)
        with contextlib.suppress(OSError), open(inside / "ballast", "wb", buffering=0) as ballast:
            while True:
                ballast.write(bytes(4096))
        for _ in range(3):
            self.assertIn("result", log_in())
        # 56: what cannot be written counts all the same, and is said.
        with Page(Door, self.platform.issuer) as page, Local(self.stage) as local:
            self.assertIn("result", page.call("watch"))
            local.say(json.dumps({"door": "revoke", "origin": self.platform.issuer}))
            self.assertEqual(json.loads(local.hear()), {"ok": False, "code": "internal_error"})
            self.assertEqual(close_code(page), 1001)
        for path in (inside / "signet").iterdir():
            with self.subTest(path.name):
                self.assertIn(path.name, files, "no file that was begun is left")
                now = path.read_text()
                for line in now.splitlines() if path.suffix == ".jsonl" else [now] if path.suffix == ".json" else []:
                    json.loads(line)
                self.assertTrue(not now or now.endswith("\n"))
        (inside / "ballast").unlink()
        self.assertIn("result", log_in())
        process.terminate()
        self.assertEqual(process.wait(20), 0, (self.stage.folder / "agent.log").read_text())


if __name__ == "__main__":
    unittest.main(verbosity=2)
