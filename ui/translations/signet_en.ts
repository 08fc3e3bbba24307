<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
    <context>
        <name>signet::CertificateChoice</name>
        <message>
            <source>Others that cannot be used now (%1)</source>
            <translation>Others that cannot be used now (%1)</translation>
        </message>
    </context>
    <context>
        <name>signet::ConfirmPage</name>
        <message>
            <source>Go on, and enter the PIN on the reader where it has a keypad.</source>
            <translation>Go on, and enter the PIN on the reader where it has a keypad.</translation>
        </message>
        <message>
            <source>I have read and accept "%1"</source>
            <translation>I have read and accept "%1"</translation>
        </message>
        <message>
            <source>Read</source>
            <translation>Read</translation>
        </message>
        <message>
            <source>Read "%1" in the browser</source>
            <translation>Read "%1" in the browser</translation>
        </message>
    </context>
    <context>
        <name>signet::LoginDetails</name>
        <message>
            <source>By signing you confirm: %1</source>
            <translation>By signing you confirm: %1</translation>
        </message>
    </context>
    <context>
        <name>signet::LoginHead</name>
        <message>
            <source>Operated by %1</source>
            <translation>Operated by %1</translation>
        </message>
    </context>
    <context>
        <name>signet::LoginWindow</name>
        <message>
            <source>Signet</source>
            <translation>Signet</translation>
        </message>
        <message>
            <source>Signet - %1</source>
            <translation>Signet - %1</translation>
        </message>
        <message>
            <source>Connecting…</source>
            <translation>Connecting…</translation>
        </message>
        <message>
            <source>Signing…</source>
            <translation>Signing…</translation>
        </message>
        <message>
            <source>Logging in…</source>
            <translation>Logging in…</translation>
        </message>
        <message>
            <source>Logged in</source>
            <translation>Logged in</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>Done</translation>
        </message>
        <message>
            <source>Plug in the USB key</source>
            <translation>Plug in the USB key</translation>
        </message>
        <message>
            <source>It goes on by itself as soon as the key is found.</source>
            <translation>It goes on by itself as soon as the key is found.</translation>
        </message>
        <message>
            <source>Enter it again</source>
            <translation>Enter it again</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Try again</translation>
        </message>
        <message>
            <source>Another certificate</source>
            <translation>Another certificate</translation>
        </message>
        <message>
            <source>Log in again</source>
            <translation>Log in again</translation>
        </message>
        <message>
            <source>Self-check</source>
            <translation>Self-check</translation>
        </message>
        <message>
            <source>Register</source>
            <translation>Register</translation>
        </message>
        <message>
            <source>Keys and certificates</source>
            <translation>Keys and certificates</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Close</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Cancel</translation>
        </message>
        <message>
            <source>Go on</source>
            <translation>Go on</translation>
        </message>
        <message>
            <source>Log in</source>
            <translation>Log in</translation>
        </message>
        <message>
            <source>Sign</source>
            <translation>Sign</translation>
        </message>
        <message>
            <source>Use the last try</source>
            <translation>Use the last try</translation>
        </message>
        <message>
            <source>Accept</source>
            <translation>Accept</translation>
        </message>
    </context>
    <context>
        <name>signet::PinPage</name>
        <message>
            <source>PIN</source>
            <translation>PIN</translation>
        </message>
        <message numerus="yes">
            <source>%n tries left</source>
            <translation>
                <numerusform>%n try left</numerusform>
                <numerusform>%n tries left</numerusform>
            </translation>
        </message>
        <message>
            <source>Few tries are left</source>
            <translation>Few tries are left</translation>
        </message>
        <message>
            <source>This PIN is the one that the key was handed out with, or it has expired. Change it soon, in "Keys and certificates".</source>
            <translation>This PIN is the one that the key was handed out with, or it has expired. Change it soon, in "Keys and certificates".</translation>
        </message>
    </context>
    <context>
        <name>signet::SmallWindow</name>
        <message>
            <source>Signet</source>
            <translation>Signet</translation>
        </message>
    </context>
    <context>
        <name>signet::Tray</name>
        <message>
            <source>Log in to %1</source>
            <translation>Log in to %1</translation>
        </message>
        <message>
            <source>Register a certificate…</source>
            <translation>Register a certificate…</translation>
        </message>
        <message>
            <source>Keys and certificates</source>
            <translation>Keys and certificates</translation>
        </message>
        <message>
            <source>Activity</source>
            <translation>Activity</translation>
        </message>
        <message>
            <source>Self-check</source>
            <translation>Self-check</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>Settings</translation>
        </message>
        <message>
            <source>About Signet</source>
            <translation>About Signet</translation>
        </message>
        <message>
            <source>Quit</source>
            <translation>Quit</translation>
        </message>
        <message>
            <source>Signet is not set up yet: no platform is configured. Ask your administrator.</source>
            <translation>Signet is not set up yet: no platform is configured. Ask your administrator.</translation>
        </message>
        <message>
            <source>A login is waiting for you</source>
            <translation>A login is waiting for you</translation>
        </message>
        <message>
            <source>Looking for USB keys…</source>
            <translation>Looking for USB keys…</translation>
        </message>
        <message>
            <source>No USB key is plugged in</source>
            <translation>No USB key is plugged in</translation>
        </message>
        <message>
            <source>The USB key has no certificate that can be used. Open "Keys and certificates".</source>
            <translation>The USB key has no certificate that can be used. Open "Keys and certificates".</translation>
        </message>
        <message>
            <source>Ready: %1</source>
            <translation>Ready: %1</translation>
        </message>
        <message>
            <source>Signet</source>
            <translation>Signet</translation>
        </message>
    </context>
    <context>
        <name>signet::TrayApp</name>
        <message>
            <source>Few PIN tries are left</source>
            <translation>Few PIN tries are left</translation>
        </message>
        <message numerus="yes">
            <source>%1: %n tries left</source>
            <translation>
                <numerusform>%1: %n try left</numerusform>
                <numerusform>%1: %n tries left</numerusform>
            </translation>
        </message>
        <message>
            <source>Notice from %1</source>
            <translation>Notice from %1</translation>
        </message>
        <message>
            <source>Signet</source>
            <translation>Signet</translation>
        </message>
        <message>
            <source>USB key found</source>
            <translation>USB key found</translation>
        </message>
        <message>
            <source>USB key removed</source>
            <translation>USB key removed</translation>
        </message>
        <message>
            <source>A certificate expires soon</source>
            <translation>A certificate expires soon</translation>
        </message>
        <message numerus="yes">
            <source>%1: %n days left. Ask your certificate issuer to renew it.</source>
            <translation>
                <numerusform>%1: %n day left. Ask your certificate issuer to renew it.</numerusform>
                <numerusform>%1: %n days left. Ask your certificate issuer to renew it.</numerusform>
            </translation>
        </message>
    </context>
</TS>
