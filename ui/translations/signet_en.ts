<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
    <context>
        <name>signet::AboutWindow</name>
        <message>
            <source>About Signet</source>
            <translation>About Signet</translation>
        </message>
        <message>
            <source>Signet</source>
            <translation>Signet</translation>
        </message>
        <message>
            <source>Version %1</source>
            <translation>Version %1</translation>
        </message>
        <message>
            <source>Signet logs you in to the platforms of the construction trade with the certificate on your USB key.</source>
            <translation>Signet logs you in to the platforms of the construction trade with the certificate on your USB key.</translation>
        </message>
        <message>
            <source>Free software under the Apache License 2.0, by the Signet authors. It is linked with these components:</source>
            <translation>Free software under the Apache License 2.0, by the Signet authors. It is linked with these components:</translation>
        </message>
        <message>
            <source>Components and their licences</source>
            <translation>Components and their licences</translation>
        </message>
        <message>
            <source>Component</source>
            <translation>Component</translation>
        </message>
        <message>
            <source>Licence</source>
            <translation>Licence</translation>
        </message>
        <message>
            <source>Holder</source>
            <translation>Holder</translation>
        </message>
        <message>
            <source>Address</source>
            <translation>Address</translation>
        </message>
        <message>
            <source>Search the components</source>
            <translation>Search the components</translation>
        </message>
        <message>
            <source>&amp;Close</source>
            <translation>&amp;Close</translation>
        </message>
    </context>
    <context>
        <name>signet::ActivityWindow</name>
        <message>
            <source>Activity</source>
            <translation>Activity</translation>
        </message>
        <message>
            <source>The record of what was signed could not be read.</source>
            <translation>The record of what was signed could not be read.</translation>
        </message>
        <message>
            <source>Nothing has been signed on this computer yet. Every login with your USB key will be listed here.</source>
            <translation>Nothing has been signed on this computer yet. Every login with your USB key will be listed here.</translation>
        </message>
        <message>
            <source>What was signed</source>
            <translation>What was signed</translation>
        </message>
        <message>
            <source>Time</source>
            <translation>Time</translation>
        </message>
        <message>
            <source>Site or platform</source>
            <translation>Site or platform</translation>
        </message>
        <message>
            <source>What for</source>
            <translation>What for</translation>
        </message>
        <message>
            <source>Acting as</source>
            <translation>Acting as</translation>
        </message>
        <message>
            <source>Certificate holder</source>
            <translation>Certificate holder</translation>
        </message>
        <message>
            <source>Result</source>
            <translation>Result</translation>
        </message>
        <message>
            <source>Search the activity</source>
            <translation>Search the activity</translation>
        </message>
        <message>
            <source>Everything about the chosen entry</source>
            <translation>Everything about the chosen entry</translation>
        </message>
        <message>
            <source>&amp;Refresh</source>
            <translation>&amp;Refresh</translation>
        </message>
        <message>
            <source>&amp;Export…</source>
            <translation>&amp;Export…</translation>
        </message>
        <message>
            <source>&amp;Close</source>
            <translation>&amp;Close</translation>
        </message>
        <message>
            <source>%1 could not be read.</source>
            <translation>%1 could not be read.</translation>
        </message>
        <message>
            <source>Check who may read this file, or ask your administrator.</source>
            <translation>Check who may read this file, or ask your administrator.</translation>
        </message>
        <message numerus="yes">
            <source>%n entries</source>
            <translation>
                <numerusform>%n entry</numerusform>
                <numerusform>%n entries</numerusform>
            </translation>
        </message>
        <message>
            <source>The newest %1 are shown; an export has all.</source>
            <translation>The newest %1 are shown; an export has all.</translation>
        </message>
        <message numerus="yes">
            <source>%n damaged lines of the record could not be read and were left out.</source>
            <translation>
                <numerusform>%n damaged lines of the record could not be read and were left out.</numerusform>
                <numerusform>%n damaged lines of the record could not be read and were left out.</numerusform>
            </translation>
        </message>
        <message>
            <source>Signet activity</source>
            <translation>Signet activity</translation>
        </message>
        <message>
            <source>Export the activity</source>
            <translation>Export the activity</translation>
        </message>
        <message>
            <source>Spreadsheet (*.csv)</source>
            <translation>Spreadsheet (*.csv)</translation>
        </message>
        <message>
            <source>Data for programs (*.json)</source>
            <translation>Data for programs (*.json)</translation>
        </message>
        <message>
            <source>%1 exists already. Replace it?</source>
            <translation>%1 exists already. Replace it?</translation>
        </message>
        <message>
            <source>Re&amp;place the file</source>
            <translation>Re&amp;place the file</translation>
        </message>
        <message>
            <source>&amp;Keep the file</source>
            <translation>&amp;Keep the file</translation>
        </message>
        <message>
            <source>Saved as %1</source>
            <translation>Saved as %1</translation>
        </message>
        <message>
            <source>%1 could not be written.</source>
            <translation>%1 could not be written.</translation>
        </message>
        <message>
            <source>Choose another folder, or make room on the disk.</source>
            <translation>Choose another folder, or make room on the disk.</translation>
        </message>
    </context>
    <context>
        <name>signet::AgreementsPage</name>
        <message>
            <source>Version %1</source>
            <translation>Version %1</translation>
        </message>
        <message>
            <source>Version %1, published on %2</source>
            <translation>Version %1, published on %2</translation>
        </message>
        <message>
            <source>I have read and &amp;accept "%1"</source>
            <translation>I have read and &amp;accept "%1"</translation>
        </message>
        <message>
            <source>The agreements are being fetched from %1…</source>
            <translation>The agreements are being fetched from %1…</translation>
        </message>
        <message>
            <source>Try &amp;again</source>
            <translation>Try &amp;again</translation>
        </message>
        <message>
            <source>This platform has no agreements that you would have to accept.</source>
            <translation>This platform has no agreements that you would have to accept.</translation>
        </message>
        <message>
            <source>&amp;Open as a web page</source>
            <translation>&amp;Open as a web page</translation>
        </message>
        <message>
            <source>The clauses in bold limit your rights or bind you in particular. Please read them with care.</source>
            <translation>The clauses in bold limit your rights or bind you in particular. Please read them with care.</translation>
        </message>
        <message>
            <source>Read the agreements</source>
            <translation>Read the agreements</translation>
        </message>
        <message>
            <source>%1 (%2 of %3)</source>
            <translation>%1 (%2 of %3)</translation>
        </message>
    </context>
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
        <name>signet::DoctorWindow</name>
        <message>
            <source>The report has been copied.</source>
            <translation>The report has been copied.</translation>
        </message>
        <message>
            <source>Self-check</source>
            <translation>Self-check</translation>
        </message>
        <message>
            <source>Findings of the self-check</source>
            <translation>Findings of the self-check</translation>
        </message>
        <message>
            <source>Result</source>
            <translation>Result</translation>
        </message>
        <message>
            <source>About</source>
            <translation>About</translation>
        </message>
        <message>
            <source>Finding</source>
            <translation>Finding</translation>
        </message>
        <message>
            <source>Search the findings</source>
            <translation>Search the findings</translation>
        </message>
        <message>
            <source>Run the self-check to see what a login needs.</source>
            <translation>Run the self-check to see what a login needs.</translation>
        </message>
        <message>
            <source>What to do about the chosen finding</source>
            <translation>What to do about the chosen finding</translation>
        </message>
        <message>
            <source>C&amp;opy the report</source>
            <translation>C&amp;opy the report</translation>
        </message>
        <message>
            <source>&amp;Save the report…</source>
            <translation>&amp;Save the report…</translation>
        </message>
        <message>
            <source>&amp;Close</source>
            <translation>&amp;Close</translation>
        </message>
        <message>
            <source>C&amp;ancel</source>
            <translation>C&amp;ancel</translation>
        </message>
        <message>
            <source>&amp;Run again</source>
            <translation>&amp;Run again</translation>
        </message>
        <message>
            <source>… Checking</source>
            <translation>… Checking</translation>
        </message>
        <message>
            <source>– Not checked</source>
            <translation>– Not checked</translation>
        </message>
        <message>
            <source>Cancelled before it was known.</source>
            <translation>Cancelled before it was known.</translation>
        </message>
        <message>
            <source>✓ Fine</source>
            <translation>✓ Fine</translation>
        </message>
        <message>
            <source>! Note</source>
            <translation>! Note</translation>
        </message>
        <message>
            <source>✗ Fault</source>
            <translation>✗ Fault</translation>
        </message>
        <message>
            <source>What to do</source>
            <translation>What to do</translation>
        </message>
        <message>
            <source>Seen</source>
            <translation>Seen</translation>
        </message>
        <message>
            <source>Code</source>
            <translation>Code</translation>
        </message>
        <message>
            <source>Checking… %1 of %2 parts are done.</source>
            <translation>Checking… %1 of %2 parts are done.</translation>
        </message>
        <message>
            <source>The self-check has not been run yet.</source>
            <translation>The self-check has not been run yet.</translation>
        </message>
        <message>
            <source>The self-check was cancelled.</source>
            <translation>The self-check was cancelled.</translation>
        </message>
        <message numerus="yes">
            <source>%n problems keep logins from working.</source>
            <translation>
                <numerusform>%n problem keep logins from working.</numerusform>
                <numerusform>%n problems keep logins from working.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Logins can work. %n things should be looked at.</source>
            <translation>
                <numerusform>Logins can work. %n thing should be looked at.</numerusform>
                <numerusform>Logins can work. %n things should be looked at.</numerusform>
            </translation>
        </message>
        <message>
            <source>Everything is fine. Logins can work.</source>
            <translation>Everything is fine. Logins can work.</translation>
        </message>
        <message>
            <source>Signet self-check</source>
            <translation>Signet self-check</translation>
        </message>
        <message>
            <source>Save the report</source>
            <translation>Save the report</translation>
        </message>
        <message>
            <source>Text (*.txt)</source>
            <translation>Text (*.txt)</translation>
        </message>
        <message>
            <source>%1 exists already. Replace it?</source>
            <translation>%1 exists already. Replace it?</translation>
        </message>
        <message>
            <source>Re&amp;place the file</source>
            <translation>Re&amp;place the file</translation>
        </message>
        <message>
            <source>&amp;Keep the file</source>
            <translation>&amp;Keep the file</translation>
        </message>
        <message>
            <source>Saved as %1</source>
            <translation>Saved as %1</translation>
        </message>
        <message>
            <source>%1 could not be written.</source>
            <translation>%1 could not be written.</translation>
        </message>
        <message>
            <source>Choose another folder, or make room on the disk.</source>
            <translation>Choose another folder, or make room on the disk.</translation>
        </message>
    </context>
    <context>
        <name>signet::FirstRunPage</name>
        <message>
            <source>&amp;Continue</source>
            <translation>&amp;Continue</translation>
        </message>
    </context>
    <context>
        <name>signet::FirstRunWindow</name>
        <message>
            <source>Step %1 of %2</source>
            <translation>Step %1 of %2</translation>
        </message>
        <message>
            <source>Register – Signet</source>
            <translation>Register – Signet</translation>
        </message>
        <message>
            <source>&amp;Back</source>
            <translation>&amp;Back</translation>
        </message>
        <message>
            <source>&amp;Later</source>
            <translation>&amp;Later</translation>
        </message>
        <message>
            <source>Closes this window. "Register a certificate…" in Signet's menu opens it again.</source>
            <translation>Closes this window. "Register a certificate…" in Signet's menu opens it again.</translation>
        </message>
    </context>
    <context>
        <name>signet::KeysPage</name>
        <message>
            <source>Looking for USB keys…</source>
            <translation>Looking for USB keys…</translation>
        </message>
        <message>
            <source>With which certificate do you want to register? Choose that of your own company.</source>
            <translation>With which certificate do you want to register? Choose that of your own company.</translation>
        </message>
        <message>
            <source>You register with this certificate:</source>
            <translation>You register with this certificate:</translation>
        </message>
        <message>
            <source>Plug in your USB key now.</source>
            <translation>Plug in your USB key now.</translation>
        </message>
        <message>
            <source>It appears here by itself after a few seconds.</source>
            <translation>It appears here by itself after a few seconds.</translation>
        </message>
        <message>
            <source>Look &amp;again</source>
            <translation>Look &amp;again</translation>
        </message>
        <message>
            <source>Your USB key</source>
            <translation>Your USB key</translation>
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
        <message>
            <source>One moment…</source>
            <translation>One moment…</translation>
        </message>
        <message>
            <source>Enter the PIN on the reader</source>
            <translation>Enter the PIN on the reader</translation>
        </message>
    </context>
    <context>
        <name>signet::ModulesPanel</name>
        <message>
            <source>Choose a driver (PKCS#11 module)</source>
            <translation>Choose a driver (PKCS#11 module)</translation>
        </message>
        <message>
            <source>Drivers (*.so *.so.*)</source>
            <translation>Drivers (*.so *.so.*)</translation>
        </message>
        <message>
            <source>All files (*)</source>
            <translation>All files (*)</translation>
        </message>
        <message>
            <source>Drivers that the system has registered, and those in the usual places of their makers, are found without being listed here.</source>
            <translation>Drivers that the system has registered, and those in the usual places of their makers, are found without being listed here.</translation>
        </message>
        <message>
            <source>Drivers</source>
            <translation>Drivers</translation>
        </message>
        <message>
            <source>Driver</source>
            <translation>Driver</translation>
        </message>
        <message>
            <source>Search the drivers</source>
            <translation>Search the drivers</translation>
        </message>
        <message>
            <source>No driver has been added. Add one if your USB key is not found.</source>
            <translation>No driver has been added. Add one if your USB key is not found.</translation>
        </message>
        <message>
            <source>&amp;Add a driver…</source>
            <translation>&amp;Add a driver…</translation>
        </message>
        <message>
            <source>Re&amp;move the driver</source>
            <translation>Re&amp;move the driver</translation>
        </message>
        <message>
            <source>This driver is in the list already.</source>
            <translation>This driver is in the list already.</translation>
        </message>
        <message>
            <source>%1 is not a file that is there.</source>
            <translation>%1 is not a file that is there.</translation>
        </message>
        <message>
            <source>Choose another file, or install the driver again.</source>
            <translation>Choose another file, or install the driver again.</translation>
        </message>
        <message>
            <source>%1 was not added: others could change it.</source>
            <translation>%1 was not added: others could change it.</translation>
        </message>
        <message>
            <source>Ask your administrator to correct the owner and the permissions of the file and of the folders above it.</source>
            <translation>Ask your administrator to correct the owner and the permissions of the file and of the folders above it.</translation>
        </message>
        <message>
            <source>%1 has a name that the settings cannot hold.</source>
            <translation>%1 has a name that the settings cannot hold.</translation>
        </message>
        <message>
            <source>Rename the file so that its name has no # and no blank at its ends.</source>
            <translation>Rename the file so that its name has no # and no blank at its ends.</translation>
        </message>
    </context>
    <context>
        <name>signet::PinChangeDialog</name>
        <message>
            <source>Change the PIN</source>
            <translation>Change the PIN</translation>
        </message>
        <message>
            <source>&amp;Old PIN</source>
            <translation>&amp;Old PIN</translation>
        </message>
        <message>
            <source>&amp;New PIN</source>
            <translation>&amp;New PIN</translation>
        </message>
        <message>
            <source>New PIN &amp;again</source>
            <translation>New PIN &amp;again</translation>
        </message>
        <message>
            <source>New PIN again</source>
            <translation>New PIN again</translation>
        </message>
        <message>
            <source>The PIN is being changed</source>
            <translation>The PIN is being changed</translation>
        </message>
        <message>
            <source>New PIN</source>
            <translation>New PIN</translation>
        </message>
        <message>
            <source>The PINs are entered on the reader: first the old one, then the new one.</source>
            <translation>The PINs are entered on the reader: first the old one, then the new one.</translation>
        </message>
        <message>
            <source>Now enter the old PIN and then the new one on the reader.</source>
            <translation>Now enter the old PIN and then the new one on the reader.</translation>
        </message>
        <message>
            <source>The PIN is being changed. Leave the USB key plugged in.</source>
            <translation>The PIN is being changed. Leave the USB key plugged in.</translation>
        </message>
        <message>
            <source>The PIN was changed. Use the new one from now on.</source>
            <translation>The PIN was changed. Use the new one from now on.</translation>
        </message>
        <message>
            <source>Stopped. Either PIN may be the right one now: try the new one first.</source>
            <translation>Stopped. Either PIN may be the right one now: try the new one first.</translation>
        </message>
        <message numerus="yes">
            <source>%n try(ies) left for the old PIN</source>
            <translation>
                <numerusform>%n try(ies) left for the old PIN</numerusform>
                <numerusform>%n try(ies) left for the old PIN</numerusform>
            </translation>
        </message>
        <message>
            <source>Few tries are left for the old PIN</source>
            <translation>Few tries are left for the old PIN</translation>
        </message>
        <message>
            <source>Old PIN</source>
            <translation>Old PIN</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Cancel</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>Stop</translation>
        </message>
        <message>
            <source>Back to the list</source>
            <translation>Back to the list</translation>
        </message>
        <message>
            <source>Use the last try</source>
            <translation>Use the last try</translation>
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
        <name>signet::RegisterPage</name>
        <message>
            <source>"%1" (version %2)</source>
            <translation>"%1" (version %2)</translation>
        </message>
        <message>
            <source>Your signature accepts: %1</source>
            <translation>Your signature accepts: %1</translation>
        </message>
        <message>
            <source>You are registered at %1.</source>
            <translation>You are registered at %1.</translation>
        </message>
        <message>
            <source>%1 (company account)</source>
            <translation>%1 (company account)</translation>
        </message>
        <message>
            <source>%1 (personal account)</source>
            <translation>%1 (personal account)</translation>
        </message>
        <message>
            <source>From now on you log in to websites with your USB key: keep it plugged in, open the website and choose to log in with your certificate. Signet then asks you for the PIN.</source>
            <translation>From now on you log in to websites with your USB key: keep it plugged in, open the website and choose to log in with your certificate. Signet then asks you for the PIN.</translation>
        </message>
        <message>
            <source>&amp;Open the platform in the browser</source>
            <translation>&amp;Open the platform in the browser</translation>
        </message>
        <message>
            <source>You register at</source>
            <translation>You register at</translation>
        </message>
        <message>
            <source>with this certificate</source>
            <translation>with this certificate</translation>
        </message>
        <message>
            <source>Registering… Answer the questions in the login window. To stop, cancel there.</source>
            <translation>Registering… Answer the questions in the login window. To stop, cancel there.</translation>
        </message>
        <message>
            <source>After a click on Register, the login window asks for the PIN of your USB key.</source>
            <translation>After a click on Register, the login window asks for the PIN of your USB key.</translation>
        </message>
        <message>
            <source>Registering</source>
            <translation>Registering</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>Done</translation>
        </message>
        <message>
            <source>Register</source>
            <translation>Register</translation>
        </message>
        <message>
            <source>&amp;Close</source>
            <translation>&amp;Close</translation>
        </message>
        <message>
            <source>&amp;Read again</source>
            <translation>&amp;Read again</translation>
        </message>
        <message>
            <source>&amp;Try again</source>
            <translation>&amp;Try again</translation>
        </message>
        <message>
            <source>&amp;Register</source>
            <translation>&amp;Register</translation>
        </message>
    </context>
    <context>
        <name>signet::RenewalPage</name>
        <message>
            <source>Where to write the request</source>
            <translation>Where to write the request</translation>
        </message>
        <message>
            <source>The certificate from the issuer</source>
            <translation>The certificate from the issuer</translation>
        </message>
        <message>
            <source>Certificates</source>
            <translation>Certificates</translation>
        </message>
        <message>
            <source>All files</source>
            <translation>All files</translation>
        </message>
        <message>
            <source>For the &amp;key that the certificate has</source>
            <translation>For the &amp;key that the certificate has</translation>
        </message>
        <message>
            <source>For a &amp;new key, made on this USB key:</source>
            <translation>For a &amp;new key, made on this USB key:</translation>
        </message>
        <message>
            <source>Kind of the new key</source>
            <translation>Kind of the new key</translation>
        </message>
        <message>
            <source>The USB key is working</source>
            <translation>The USB key is working</translation>
        </message>
        <message>
            <source>Request a renewal</source>
            <translation>Request a renewal</translation>
        </message>
        <message>
            <source>Install a certificate</source>
            <translation>Install a certificate</translation>
        </message>
        <message>
            <source>Make the request</source>
            <translation>Make the request</translation>
        </message>
        <message>
            <source>Write the certificate</source>
            <translation>Write the certificate</translation>
        </message>
        <message>
            <source>Stopped. What the USB key had begun may be done: look at the list.</source>
            <translation>Stopped. What the USB key had begun may be done: look at the list.</translation>
        </message>
        <message>
            <source>A request is written to a file. Send the file to your certificate issuer; install the certificate that it sends back in this window.</source>
            <translation>A request is written to a file. Send the file to your certificate issuer; install the certificate that it sends back in this window.</translation>
        </message>
        <message>
            <source>Choose the file that your certificate issuer sent. The certificate is written beside its key; what is on the USB key stays as it is.</source>
            <translation>Choose the file that your certificate issuer sent. The certificate is written beside its key; what is on the USB key stays as it is.</translation>
        </message>
        <message>
            <source>The USB key is working. Leave it plugged in.</source>
            <translation>The USB key is working. Leave it plugged in.</translation>
        </message>
        <message>
            <source>The request has been written. Send this file to your certificate issuer:</source>
            <translation>The request has been written. Send this file to your certificate issuer:</translation>
        </message>
        <message>
            <source>The certificate is on the USB key and can log in. Bind it to your account before you use it for the first time.</source>
            <translation>The certificate is on the USB key and can log in. Bind it to your account before you use it for the first time.</translation>
        </message>
        <message>
            <source>The certificate is on the USB key, but it cannot log in yet. The list says why.</source>
            <translation>The certificate is on the USB key, but it cannot log in yet. The list says why.</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>Stop</translation>
        </message>
        <message>
            <source>Back to the list</source>
            <translation>Back to the list</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Try again</translation>
        </message>
        <message>
            <source>Choose where to write it…</source>
            <translation>Choose where to write it…</translation>
        </message>
        <message>
            <source>Choose the file…</source>
            <translation>Choose the file…</translation>
        </message>
    </context>
    <context>
        <name>signet::SearchTable</name>
        <message>
            <source>Nothing matches the search.</source>
            <translation>Nothing matches the search.</translation>
        </message>
    </context>
    <context>
        <name>signet::SettingRow</name>
        <message>
            <source>Set by your administrator.</source>
            <translation>Set by your administrator.</translation>
        </message>
        <message>
            <source>Set by an option with which Signet was started.</source>
            <translation>Set by an option with which Signet was started.</translation>
        </message>
    </context>
    <context>
        <name>signet::SettingsWindow</name>
        <message>
            <source>Settings</source>
            <translation>Settings</translation>
        </message>
        <message>
            <source>&amp;General</source>
            <translation>&amp;General</translation>
        </message>
        <message>
            <source>Si&amp;tes</source>
            <translation>Si&amp;tes</translation>
        </message>
        <message>
            <source>&amp;Drivers</source>
            <translation>&amp;Drivers</translation>
        </message>
        <message>
            <source>&amp;Platforms</source>
            <translation>&amp;Platforms</translation>
        </message>
        <message>
            <source>As the desktop</source>
            <translation>As the desktop</translation>
        </message>
        <message>
            <source>&amp;Language</source>
            <translation>&amp;Language</translation>
        </message>
        <message>
            <source>&amp;Start Signet when I log in to this computer</source>
            <translation>&amp;Start Signet when I log in to this computer</translation>
        </message>
        <message>
            <source>Enter the PI&amp;N on the card reader where it has a keypad</source>
            <translation>Enter the PI&amp;N on the card reader where it has a keypad</translation>
        </message>
        <message>
            <source>P&amp;ort for web pages</source>
            <translation>P&amp;ort for web pages</translation>
        </message>
        <message>
            <source>Leave it empty unless another program needs the usual ports 28617, 28627 and 28637.</source>
            <translation>Leave it empty unless another program needs the usual ports 28617, 28627 and 28637.</translation>
        </message>
        <message>
            <source>Automatic</source>
            <translation>Automatic</translation>
        </message>
        <message>
            <source>Logins are made for these platforms only. They are set in the configuration file.</source>
            <translation>Logins are made for these platforms only. They are set in the configuration file.</translation>
        </message>
        <message>
            <source>Platforms</source>
            <translation>Platforms</translation>
        </message>
        <message>
            <source>Platform</source>
            <translation>Platform</translation>
        </message>
        <message>
            <source>Set in</source>
            <translation>Set in</translation>
        </message>
        <message>
            <source>Search the platforms</source>
            <translation>Search the platforms</translation>
        </message>
        <message>
            <source>No platform is configured. Ask your administrator, or write issuer = https://… into the configuration file.</source>
            <translation>No platform is configured. Ask your administrator, or write issuer = https://… into the configuration file.</translation>
        </message>
        <message>
            <source>Sa&amp;ve</source>
            <translation>Sa&amp;ve</translation>
        </message>
        <message>
            <source>&amp;Cancel</source>
            <translation>&amp;Cancel</translation>
        </message>
        <message>
            <source>&amp;Close</source>
            <translation>&amp;Close</translation>
        </message>
        <message>
            <source>Your administrator's policy</source>
            <translation>Your administrator's policy</translation>
        </message>
        <message>
            <source>Starting with the session could not be changed: the file cannot be written.</source>
            <translation>Starting with the session could not be changed: the file cannot be written.</translation>
        </message>
        <message>
            <source>The settings are saved. Signet uses them once it has restarted.</source>
            <translation>The settings are saved. Signet uses them once it has restarted.</translation>
        </message>
        <message>
            <source>&amp;Restart Signet now</source>
            <translation>&amp;Restart Signet now</translation>
        </message>
        <message>
            <source>A port is a number from 0 to 65534. Nothing was saved.</source>
            <translation>A port is a number from 0 to 65534. Nothing was saved.</translation>
        </message>
    </context>
    <context>
        <name>signet::SitesPanel</name>
        <message>
            <source>These sites may see whether a USB key is plugged in, because you have logged in there once. Revoking takes effect at once; the next login there allows it again.</source>
            <translation>These sites may see whether a USB key is plugged in, because you have logged in there once. Revoking takes effect at once; the next login there allows it again.</translation>
        </message>
        <message>
            <source>Sites</source>
            <translation>Sites</translation>
        </message>
        <message>
            <source>Site</source>
            <translation>Site</translation>
        </message>
        <message>
            <source>Search the sites</source>
            <translation>Search the sites</translation>
        </message>
        <message>
            <source>No site may see your USB key yet. A site is listed here once you have logged in there.</source>
            <translation>No site may see your USB key yet. A site is listed here once you have logged in there.</translation>
        </message>
        <message>
            <source>Re&amp;voke…</source>
            <translation>Re&amp;voke…</translation>
        </message>
        <message>
            <source>Revoke %1? Its connections are closed, and a login there that is under way ends.</source>
            <translation>Revoke %1? Its connections are closed, and a login there that is under way ends.</translation>
        </message>
        <message>
            <source>Revoke this &amp;site</source>
            <translation>Revoke this &amp;site</translation>
        </message>
        <message>
            <source>&amp;Keep this site</source>
            <translation>&amp;Keep this site</translation>
        </message>
        <message>
            <source>%1 could not be revoked for good: the list cannot be written.</source>
            <translation>%1 could not be revoked for good: the list cannot be written.</translation>
        </message>
        <message>
            <source>Make room on the disk, then try again.</source>
            <translation>Make room on the disk, then try again.</translation>
        </message>
        <message>
            <source>%1 has been revoked.</source>
            <translation>%1 has been revoked.</translation>
        </message>
    </context>
    <context>
        <name>signet::SmallWindow</name>
        <message>
            <source>Show</source>
            <translation>Show</translation>
        </message>
        <message>
            <source>OK</source>
            <translation>OK</translation>
        </message>
        <message>
            <source>Signet</source>
            <translation>Signet</translation>
        </message>
    </context>
    <context>
        <name>signet::TokenDetails</name>
        <message>
            <source>Identity</source>
            <translation>Identity</translation>
        </message>
        <message>
            <source>Issued by</source>
            <translation>Issued by</translation>
        </message>
        <message>
            <source>Valid</source>
            <translation>Valid</translation>
        </message>
        <message>
            <source>Purpose</source>
            <translation>Purpose</translation>
        </message>
        <message>
            <source>PIN</source>
            <translation>PIN</translation>
        </message>
        <message>
            <source>USB key</source>
            <translation>USB key</translation>
        </message>
        <message>
            <source>Fingerprint (SHA-256)</source>
            <translation>Fingerprint (SHA-256)</translation>
        </message>
        <message>
            <source>Details of the chosen certificate</source>
            <translation>Details of the chosen certificate</translation>
        </message>
        <message>
            <source>It can be used to log in.</source>
            <translation>It can be used to log in.</translation>
        </message>
        <message>
            <source>There is no certificate on this USB key.</source>
            <translation>There is no certificate on this USB key.</translation>
        </message>
        <message>
            <source>Ask your certificate issuer for one, or install the certificate file that it sent.</source>
            <translation>Ask your certificate issuer for one, or install the certificate file that it sent.</translation>
        </message>
        <message>
            <source>from %1 to %2</source>
            <translation>from %1 to %2</translation>
        </message>
        <message>
            <source>%1 (expired)</source>
            <translation>%1 (expired)</translation>
        </message>
        <message>
            <source>%1 (less than a day left)</source>
            <translation>%1 (less than a day left)</translation>
        </message>
        <message numerus="yes">
            <source>%1 (expires in %n day(s))</source>
            <translation>
                <numerusform>%1 (expires in %n day)</numerusform>
                <numerusform>%1 (expires in %n days)</numerusform>
            </translation>
        </message>
        <message>
            <source>The certificate names no number of an enterprise or a person.</source>
            <translation>The certificate names no number of an enterprise or a person.</translation>
        </message>
        <message>
            <source>Enterprise</source>
            <translation>Enterprise</translation>
        </message>
        <message>
            <source>Person</source>
            <translation>Person</translation>
        </message>
        <message>
            <source>%1 %2, from the certificate's field %3</source>
            <translation>%1 %2, from the certificate's field %3</translation>
        </message>
        <message>
            <source>The number's check digit does not fit. This is only a hint.</source>
            <translation>The number's check digit does not fit. This is only a hint.</translation>
        </message>
        <message>
            <source>Logging in and signing</source>
            <translation>Logging in and signing</translation>
        </message>
        <message>
            <source>Signing, but not for logging in</source>
            <translation>Signing, but not for logging in</translation>
        </message>
        <message>
            <source>Encryption</source>
            <translation>Encryption</translation>
        </message>
        <message>
            <source>Certificate of an issuer</source>
            <translation>Certificate of an issuer</translation>
        </message>
        <message numerus="yes">
            <source>It also holds %n certificate(s) of issuers.</source>
            <translation>
                <numerusform>It also holds %n certificate of issuers.</numerusform>
                <numerusform>It also holds %n certificates of issuers.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n certificate(s) are too large or too many and are not shown.</source>
            <translation>
                <numerusform>%n certificate is too large or too many and are not shown.</numerusform>
                <numerusform>%n certificates are too large or too many and are not shown.</numerusform>
            </translation>
        </message>
        <message>
            <source>It is locked.</source>
            <translation>It is locked.</translation>
        </message>
        <message>
            <source>It is not set yet.</source>
            <translation>It is not set yet.</translation>
        </message>
        <message numerus="yes">
            <source>%n try(ies) left.</source>
            <translation>
                <numerusform>%n try(ies) left.</numerusform>
                <numerusform>%n try(ies) left.</numerusform>
            </translation>
        </message>
        <message>
            <source>Only one try is left.</source>
            <translation>Only one try is left.</translation>
        </message>
        <message>
            <source>A wrong one was entered before.</source>
            <translation>A wrong one was entered before.</translation>
        </message>
        <message>
            <source>It must be changed first.</source>
            <translation>It must be changed first.</translation>
        </message>
        <message>
            <source>It is entered on the reader.</source>
            <translation>It is entered on the reader.</translation>
        </message>
    </context>
    <context>
        <name>signet::TokensWindow</name>
        <message>
            <source>USB keys and certificates</source>
            <translation>USB keys and certificates</translation>
        </message>
        <message>
            <source>Change the &amp;PIN</source>
            <translation>Change the &amp;PIN</translation>
        </message>
        <message>
            <source>Request a &amp;renewal</source>
            <translation>Request a &amp;renewal</translation>
        </message>
        <message>
            <source>&amp;Install a certificate</source>
            <translation>&amp;Install a certificate</translation>
        </message>
        <message>
            <source>Run the &amp;self-check</source>
            <translation>Run the &amp;self-check</translation>
        </message>
        <message>
            <source>slot %1</source>
            <translation>slot %1</translation>
        </message>
        <message>
            <source>Looking for USB keys…</source>
            <translation>Looking for USB keys…</translation>
        </message>
        <message numerus="yes">
            <source>%n USB key(s)</source>
            <translation>
                <numerusform>%n USB key</numerusform>
                <numerusform>%n USB keys</numerusform>
            </translation>
        </message>
        <message>
            <source>Certificates on USB keys</source>
            <translation>Certificates on USB keys</translation>
        </message>
        <message>
            <source>USB key</source>
            <translation>USB key</translation>
        </message>
        <message>
            <source>Holder</source>
            <translation>Holder</translation>
        </message>
        <message>
            <source>Number</source>
            <translation>Number</translation>
        </message>
        <message>
            <source>Issued by</source>
            <translation>Issued by</translation>
        </message>
        <message>
            <source>Valid until</source>
            <translation>Valid until</translation>
        </message>
        <message>
            <source>State</source>
            <translation>State</translation>
        </message>
        <message>
            <source>Search by name, number or issuer</source>
            <translation>Search by name, number or issuer</translation>
        </message>
        <message>
            <source>No driver for USB keys was found on this computer. Install the one that came with your USB key, then run the self-check.</source>
            <translation>No driver for USB keys was found on this computer. Install the one that came with your USB key, then run the self-check.</translation>
        </message>
        <message>
            <source>No USB key can be shown, because of what is said above. The self-check tells more.</source>
            <translation>No USB key can be shown, because of what is said above. The self-check tells more.</translation>
        </message>
        <message>
            <source>No USB key is plugged in.
Plug it in: it appears here by itself within a few seconds. If it does not, run the self-check.</source>
            <translation>No USB key is plugged in.
Plug it in: it appears here by itself within a few seconds. If it does not, run the self-check.</translation>
        </message>
        <message>
            <source>Can log in</source>
            <translation>Can log in</translation>
        </message>
        <message>
            <source>The PIN is locked</source>
            <translation>The PIN is locked</translation>
        </message>
        <message>
            <source>No certificate on this USB key</source>
            <translation>No certificate on this USB key</translation>
        </message>
        <message>
            <source>Only a signing certificate on a USB key can be renewed.</source>
            <translation>Only a signing certificate on a USB key can be renewed.</translation>
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
    <context>
        <name>signet::WelcomePage</name>
        <message>
            <source>Signet logs you in to websites with the certificate on your USB key. You need no website password, and the PIN of your key never leaves this computer.</source>
            <translation>Signet logs you in to websites with the certificate on your USB key. You need no website password, and the PIN of your key never leaves this computer.</translation>
        </message>
        <message>
            <source>Which platform do you want to register at?</source>
            <translation>Which platform do you want to register at?</translation>
        </message>
        <message>
            <source>You register once, in a few minutes, at this platform:</source>
            <translation>You register once, in a few minutes, at this platform:</translation>
        </message>
        <message>
            <source>Have your USB key and its PIN at hand.</source>
            <translation>Have your USB key and its PIN at hand.</translation>
        </message>
        <message>
            <source>This computer does not know yet which platform you log in to.</source>
            <translation>This computer does not know yet which platform you log in to.</translation>
        </message>
        <message>
            <source>Ask your administrator to set the address of the platform in Signet's configuration (setting: issuer). Then open "Register a certificate…" in Signet's menu.</source>
            <translation>Ask your administrator to set the address of the platform in Signet's configuration (setting: issuer). Then open "Register a certificate…" in Signet's menu.</translation>
        </message>
        <message>
            <source>Welcome to Signet</source>
            <translation>Welcome to Signet</translation>
        </message>
    </context>
    <context>
        <name>signet::WindowAsker</name>
        <message>
            <source>Choose</source>
            <translation>Choose</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Cancel</translation>
        </message>
    </context>
</TS>
