<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
    <context>
        <name>signet::AboutWindow</name>
        <message>
            <source>About Signet</source>
            <translation>关于印信</translation>
        </message>
        <message>
            <source>Signet</source>
            <translation>印信</translation>
        </message>
        <message>
            <source>Version %1</source>
            <translation>版本 %1</translation>
        </message>
        <message>
            <source>Signet logs you in to the platforms of the construction trade with the certificate on your USB key.</source>
            <translation>印信用 USB key 中的证书,帮您登录建筑行业的各个平台。</translation>
        </message>
        <message>
            <source>Free software under the Apache License 2.0, by the Signet authors. It is linked with these components:</source>
            <translation>自由软件,采用 Apache License 2.0 许可证,版权归印信作者所有。使用了以下组件:</translation>
        </message>
        <message>
            <source>Components and their licences</source>
            <translation>所用组件及其许可证</translation>
        </message>
        <message>
            <source>Component</source>
            <translation>组件</translation>
        </message>
        <message>
            <source>Licence</source>
            <translation>许可证</translation>
        </message>
        <message>
            <source>Holder</source>
            <translation>持有人</translation>
        </message>
        <message>
            <source>Address</source>
            <translation>网址</translation>
        </message>
        <message>
            <source>Search the components</source>
            <translation>搜索组件</translation>
        </message>
        <message>
            <source>&amp;Close</source>
            <translation>关闭(&amp;C)</translation>
        </message>
    </context>
    <context>
        <name>signet::ActivityWindow</name>
        <message>
            <source>Activity</source>
            <translation>使用记录</translation>
        </message>
        <message>
            <source>The record of what was signed could not be read.</source>
            <translation>使用记录无法读取。</translation>
        </message>
        <message>
            <source>Nothing has been signed on this computer yet. Every login with your USB key will be listed here.</source>
            <translation>这台电脑上还没有使用记录。以后每次用 USB key 登录,都会列在这里。</translation>
        </message>
        <message>
            <source>What was signed</source>
            <translation>签过的内容</translation>
        </message>
        <message>
            <source>Time</source>
            <translation>时间</translation>
        </message>
        <message>
            <source>Site or platform</source>
            <translation>网站或平台</translation>
        </message>
        <message>
            <source>What for</source>
            <translation>事项</translation>
        </message>
        <message>
            <source>Acting as</source>
            <translation>办理身份</translation>
        </message>
        <message>
            <source>Certificate holder</source>
            <translation>证书持有人</translation>
        </message>
        <message>
            <source>Result</source>
            <translation>结果</translation>
        </message>
        <message>
            <source>Search the activity</source>
            <translation>搜索使用记录</translation>
        </message>
        <message>
            <source>Everything about the chosen entry</source>
            <translation>所选记录的全部内容</translation>
        </message>
        <message>
            <source>&amp;Refresh</source>
            <translation>刷新(&amp;R)</translation>
        </message>
        <message>
            <source>&amp;Export…</source>
            <translation>导出(&amp;E)…</translation>
        </message>
        <message>
            <source>&amp;Close</source>
            <translation>关闭(&amp;C)</translation>
        </message>
        <message>
            <source>%1 could not be read.</source>
            <translation>无法读取 %1。</translation>
        </message>
        <message>
            <source>Check who may read this file, or ask your administrator.</source>
            <translation>请检查这个文件的读取权限,或请管理员处理。</translation>
        </message>
        <message numerus="yes">
            <source>%n entries</source>
            <translation>
                <numerusform>共 %n 条</numerusform>
            </translation>
        </message>
        <message>
            <source>The newest %1 are shown; an export has all.</source>
            <translation>显示最近的 %1 条;导出的文件包含全部记录。</translation>
        </message>
        <message numerus="yes">
            <source>%n damaged lines of the record could not be read and were left out.</source>
            <translation>
                <numerusform>记录文件中有 %n 行已损坏,无法读取,已略过。</numerusform>
            </translation>
        </message>
        <message>
            <source>Signet activity</source>
            <translation>印信使用记录</translation>
        </message>
        <message>
            <source>Export the activity</source>
            <translation>导出使用记录</translation>
        </message>
        <message>
            <source>Spreadsheet (*.csv)</source>
            <translation>电子表格 (*.csv)</translation>
        </message>
        <message>
            <source>Data for programs (*.json)</source>
            <translation>程序数据 (*.json)</translation>
        </message>
        <message>
            <source>%1 exists already. Replace it?</source>
            <translation>%1 已经存在,要替换它吗?</translation>
        </message>
        <message>
            <source>Re&amp;place the file</source>
            <translation>替换文件(&amp;P)</translation>
        </message>
        <message>
            <source>&amp;Keep the file</source>
            <translation>保留原文件(&amp;K)</translation>
        </message>
        <message>
            <source>Saved as %1</source>
            <translation>已保存为 %1</translation>
        </message>
        <message>
            <source>%1 could not be written.</source>
            <translation>无法写入 %1。</translation>
        </message>
        <message>
            <source>Choose another folder, or make room on the disk.</source>
            <translation>请换一个文件夹,或清理磁盘空间。</translation>
        </message>
    </context>
    <context>
        <name>signet::AgreementsPage</name>
        <message>
            <source>Version %1</source>
            <translation>版本 %1</translation>
        </message>
        <message>
            <source>Version %1, published on %2</source>
            <translation>版本 %1,%2 发布</translation>
        </message>
        <message>
            <source>I have read and &amp;accept "%1"</source>
            <translation>我已阅读并同意《%1》(&amp;A)</translation>
        </message>
        <message>
            <source>The agreements are being fetched from %1…</source>
            <translation>正在从 %1 读取协议…</translation>
        </message>
        <message>
            <source>Try &amp;again</source>
            <translation>重试(&amp;A)</translation>
        </message>
        <message>
            <source>This platform has no agreements that you would have to accept.</source>
            <translation>这个平台没有需要您同意的协议。</translation>
        </message>
        <message>
            <source>&amp;Open as a web page</source>
            <translation>在网页中打开(&amp;O)</translation>
        </message>
        <message>
            <source>The clauses in bold limit your rights or bind you in particular. Please read them with care.</source>
            <translation>加粗的条款与您的权利义务关系重大,请仔细阅读。</translation>
        </message>
        <message>
            <source>Read the agreements</source>
            <translation>阅读协议</translation>
        </message>
        <message>
            <source>%1 (%2 of %3)</source>
            <translation>%1(%2/%3)</translation>
        </message>
    </context>
    <context>
        <name>signet::CertificateChoice</name>
        <message>
            <source>Others that cannot be used now (%1)</source>
            <translation>其他不能使用的证书(%1)</translation>
        </message>
    </context>
    <context>
        <name>signet::ConfirmPage</name>
        <message>
            <source>Go on, and enter the PIN on the reader where it has a keypad.</source>
            <translation>请继续,并在带键盘的读卡器上输入口令。</translation>
        </message>
        <message>
            <source>I have read and accept "%1"</source>
            <translation>我已阅读并同意《%1》</translation>
        </message>
        <message>
            <source>Read</source>
            <translation>阅读</translation>
        </message>
        <message>
            <source>Read "%1" in the browser</source>
            <translation>在浏览器中阅读《%1》</translation>
        </message>
    </context>
    <context>
        <name>signet::DoctorWindow</name>
        <message>
            <source>The report has been copied.</source>
            <translation>报告已复制,可以粘贴发给技术人员。</translation>
        </message>
        <message>
            <source>Self-check</source>
            <translation>运行自检</translation>
        </message>
        <message>
            <source>Findings of the self-check</source>
            <translation>自检结果</translation>
        </message>
        <message>
            <source>Result</source>
            <translation>结果</translation>
        </message>
        <message>
            <source>About</source>
            <translation>对象</translation>
        </message>
        <message>
            <source>Finding</source>
            <translation>说明</translation>
        </message>
        <message>
            <source>Search the findings</source>
            <translation>搜索自检结果</translation>
        </message>
        <message>
            <source>Run the self-check to see what a login needs.</source>
            <translation>运行自检,查看登录所需的条件是否具备。</translation>
        </message>
        <message>
            <source>What to do about the chosen finding</source>
            <translation>所选项目的处理办法</translation>
        </message>
        <message>
            <source>C&amp;opy the report</source>
            <translation>复制报告(&amp;O)</translation>
        </message>
        <message>
            <source>&amp;Save the report…</source>
            <translation>保存报告(&amp;S)…</translation>
        </message>
        <message>
            <source>&amp;Close</source>
            <translation>关闭(&amp;C)</translation>
        </message>
        <message>
            <source>C&amp;ancel</source>
            <translation>取消(&amp;A)</translation>
        </message>
        <message>
            <source>&amp;Run again</source>
            <translation>重新检查(&amp;R)</translation>
        </message>
        <message>
            <source>… Checking</source>
            <translation>… 检查中</translation>
        </message>
        <message>
            <source>– Not checked</source>
            <translation>– 未检查</translation>
        </message>
        <message>
            <source>Cancelled before it was known.</source>
            <translation>检查已取消,没有结果。</translation>
        </message>
        <message>
            <source>✓ Fine</source>
            <translation>✓ 正常</translation>
        </message>
        <message>
            <source>! Note</source>
            <translation>! 注意</translation>
        </message>
        <message>
            <source>✗ Fault</source>
            <translation>✗ 故障</translation>
        </message>
        <message>
            <source>What to do</source>
            <translation>处理办法</translation>
        </message>
        <message>
            <source>Seen</source>
            <translation>详细情况</translation>
        </message>
        <message>
            <source>Code</source>
            <translation>代码</translation>
        </message>
        <message>
            <source>Checking… %1 of %2 parts are done.</source>
            <translation>正在检查…已完成 %1 项,共 %2 项。</translation>
        </message>
        <message>
            <source>The self-check has not been run yet.</source>
            <translation>还没有运行自检。</translation>
        </message>
        <message>
            <source>The self-check was cancelled.</source>
            <translation>自检已取消。</translation>
        </message>
        <message numerus="yes">
            <source>%n problems keep logins from working.</source>
            <translation>
                <numerusform>有 %n 个问题影响登录,请按提示处理。</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Logins can work. %n things should be looked at.</source>
            <translation>
                <numerusform>可以登录。有 %n 项需要留意。</numerusform>
            </translation>
        </message>
        <message>
            <source>Everything is fine. Logins can work.</source>
            <translation>一切正常,可以登录。</translation>
        </message>
        <message>
            <source>Signet self-check</source>
            <translation>印信自检报告</translation>
        </message>
        <message>
            <source>Save the report</source>
            <translation>保存报告</translation>
        </message>
        <message>
            <source>Text (*.txt)</source>
            <translation>文本 (*.txt)</translation>
        </message>
        <message>
            <source>%1 exists already. Replace it?</source>
            <translation>%1 已经存在,要替换它吗?</translation>
        </message>
        <message>
            <source>Re&amp;place the file</source>
            <translation>替换文件(&amp;P)</translation>
        </message>
        <message>
            <source>&amp;Keep the file</source>
            <translation>保留原文件(&amp;K)</translation>
        </message>
        <message>
            <source>Saved as %1</source>
            <translation>已保存为 %1</translation>
        </message>
        <message>
            <source>%1 could not be written.</source>
            <translation>无法写入 %1。</translation>
        </message>
        <message>
            <source>Choose another folder, or make room on the disk.</source>
            <translation>请换一个文件夹,或清理磁盘空间。</translation>
        </message>
    </context>
    <context>
        <name>signet::FirstRunPage</name>
        <message>
            <source>&amp;Continue</source>
            <translation>下一步(&amp;C)</translation>
        </message>
    </context>
    <context>
        <name>signet::FirstRunWindow</name>
        <message>
            <source>Step %1 of %2</source>
            <translation>第 %1 步,共 %2 步</translation>
        </message>
        <message>
            <source>Register – Signet</source>
            <translation>注册 – 印信</translation>
        </message>
        <message>
            <source>&amp;Back</source>
            <translation>上一步(&amp;B)</translation>
        </message>
        <message>
            <source>&amp;Later</source>
            <translation>以后再说(&amp;L)</translation>
        </message>
        <message>
            <source>Closes this window. "Register a certificate…" in Signet's menu opens it again.</source>
            <translation>关闭这个窗口。以后可以点击印信菜单中的「注册证书…」再次打开。</translation>
        </message>
    </context>
    <context>
        <name>signet::KeysPage</name>
        <message>
            <source>Looking for USB keys…</source>
            <translation>正在查找 USB key…</translation>
        </message>
        <message>
            <source>With which certificate do you want to register? Choose that of your own company.</source>
            <translation>您要用哪张证书注册?请选择本单位的证书。</translation>
        </message>
        <message>
            <source>You register with this certificate:</source>
            <translation>您将用这张证书注册:</translation>
        </message>
        <message>
            <source>Plug in your USB key now.</source>
            <translation>请插入 USB key。</translation>
        </message>
        <message>
            <source>It appears here by itself after a few seconds.</source>
            <translation>插好后稍等几秒,这里会自动显示。</translation>
        </message>
        <message>
            <source>Look &amp;again</source>
            <translation>再找一次(&amp;A)</translation>
        </message>
        <message>
            <source>Your USB key</source>
            <translation>您的 USB key</translation>
        </message>
    </context>
    <context>
        <name>signet::LoginDetails</name>
        <message>
            <source>By signing you confirm: %1</source>
            <translation>签名即确认同意:%1</translation>
        </message>
    </context>
    <context>
        <name>signet::LoginHead</name>
        <message>
            <source>Operated by %1</source>
            <translation>运营方:%1</translation>
        </message>
    </context>
    <context>
        <name>signet::LoginWindow</name>
        <message>
            <source>Signet</source>
            <translation>印信</translation>
        </message>
        <message>
            <source>Signet - %1</source>
            <translation>印信 - %1</translation>
        </message>
        <message>
            <source>Connecting…</source>
            <translation>正在连接…</translation>
        </message>
        <message>
            <source>Signing…</source>
            <translation>正在签名…</translation>
        </message>
        <message>
            <source>Logging in…</source>
            <translation>正在登录…</translation>
        </message>
        <message>
            <source>Logged in</source>
            <translation>已登录</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>已完成</translation>
        </message>
        <message>
            <source>Plug in the USB key</source>
            <translation>请插入 USB key</translation>
        </message>
        <message>
            <source>It goes on by itself as soon as the key is found.</source>
            <translation>找到后会自动继续,不用点击任何按钮。</translation>
        </message>
        <message>
            <source>Enter it again</source>
            <translation>重新输入</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>重试</translation>
        </message>
        <message>
            <source>Another certificate</source>
            <translation>换一张证书</translation>
        </message>
        <message>
            <source>Log in again</source>
            <translation>重新登录</translation>
        </message>
        <message>
            <source>Self-check</source>
            <translation>运行自检</translation>
        </message>
        <message>
            <source>Register</source>
            <translation>注册</translation>
        </message>
        <message>
            <source>Keys and certificates</source>
            <translation>USB key 和证书</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>关闭</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>取消</translation>
        </message>
        <message>
            <source>Go on</source>
            <translation>继续</translation>
        </message>
        <message>
            <source>Log in</source>
            <translation>登录</translation>
        </message>
        <message>
            <source>Sign</source>
            <translation>签名</translation>
        </message>
        <message>
            <source>Use the last try</source>
            <translation>使用最后一次机会</translation>
        </message>
        <message>
            <source>Accept</source>
            <translation>同意</translation>
        </message>
        <message>
            <source>One moment…</source>
            <translation>请稍候…</translation>
        </message>
        <message>
            <source>Enter the PIN on the reader</source>
            <translation>请在读卡器上输入口令</translation>
        </message>
    </context>
    <context>
        <name>signet::ModulesPanel</name>
        <message>
            <source>Choose a driver (PKCS#11 module)</source>
            <translation>选择驱动(PKCS#11 模块)</translation>
        </message>
        <message>
            <source>Drivers (*.so *.so.*)</source>
            <translation>驱动 (*.so *.so.*)</translation>
        </message>
        <message>
            <source>All files (*)</source>
            <translation>所有文件 (*)</translation>
        </message>
        <message>
            <source>Drivers that the system has registered, and those in the usual places of their makers, are found without being listed here.</source>
            <translation>系统已登记的驱动,以及安装在厂商默认位置的驱动,不用添加就能找到。</translation>
        </message>
        <message>
            <source>Drivers</source>
            <translation>驱动</translation>
        </message>
        <message>
            <source>Driver</source>
            <translation>驱动</translation>
        </message>
        <message>
            <source>Search the drivers</source>
            <translation>搜索驱动</translation>
        </message>
        <message>
            <source>No driver has been added. Add one if your USB key is not found.</source>
            <translation>还没有添加驱动。如果找不到 USB key,可以在这里添加它的驱动。</translation>
        </message>
        <message>
            <source>&amp;Add a driver…</source>
            <translation>添加驱动(&amp;A)…</translation>
        </message>
        <message>
            <source>Re&amp;move the driver</source>
            <translation>移除驱动(&amp;M)</translation>
        </message>
        <message>
            <source>This driver is in the list already.</source>
            <translation>这个驱动已经在列表中。</translation>
        </message>
        <message>
            <source>%1 is not a file that is there.</source>
            <translation>找不到文件 %1。</translation>
        </message>
        <message>
            <source>Choose another file, or install the driver again.</source>
            <translation>请换一个文件,或重新安装驱动。</translation>
        </message>
        <message>
            <source>%1 was not added: others could change it.</source>
            <translation>没有添加 %1:其他人可以修改它,不安全。</translation>
        </message>
        <message>
            <source>Ask your administrator to correct the owner and the permissions of the file and of the folders above it.</source>
            <translation>请管理员修正该文件及其上级文件夹的所有者和权限。</translation>
        </message>
        <message>
            <source>%1 has a name that the settings cannot hold.</source>
            <translation>%1 的文件名无法写入设置。</translation>
        </message>
        <message>
            <source>Rename the file so that its name has no # and no blank at its ends.</source>
            <translation>请给文件改名,名称中不要有 #,首尾不要有空格。</translation>
        </message>
    </context>
    <context>
        <name>signet::PinChangeDialog</name>
        <message>
            <source>Change the PIN</source>
            <translation>修改口令</translation>
        </message>
        <message>
            <source>&amp;Old PIN</source>
            <translation>旧口令(&amp;O)</translation>
        </message>
        <message>
            <source>&amp;New PIN</source>
            <translation>新口令(&amp;N)</translation>
        </message>
        <message>
            <source>New PIN &amp;again</source>
            <translation>再输入一次新口令(&amp;A)</translation>
        </message>
        <message>
            <source>New PIN again</source>
            <translation>再输入一次新口令</translation>
        </message>
        <message>
            <source>The PIN is being changed</source>
            <translation>正在修改口令</translation>
        </message>
        <message>
            <source>New PIN</source>
            <translation>新口令</translation>
        </message>
        <message>
            <source>The PINs are entered on the reader: first the old one, then the new one.</source>
            <translation>口令在读卡器上输入:先输入旧口令,再输入新口令。</translation>
        </message>
        <message>
            <source>Now enter the old PIN and then the new one on the reader.</source>
            <translation>请在读卡器上先输入旧口令,再输入新口令。</translation>
        </message>
        <message>
            <source>The PIN is being changed. Leave the USB key plugged in.</source>
            <translation>正在修改口令,请不要拔出 USB key。</translation>
        </message>
        <message>
            <source>The PIN was changed. Use the new one from now on.</source>
            <translation>口令已修改。以后请使用新口令。</translation>
        </message>
        <message>
            <source>Stopped. Either PIN may be the right one now: try the new one first.</source>
            <translation>已停止。现在有效的可能是新口令,也可能是旧口令,请先试新口令。</translation>
        </message>
        <message numerus="yes">
            <source>%n try(ies) left for the old PIN</source>
            <translation>
                <numerusform>旧口令还可以试 %n 次</numerusform>
            </translation>
        </message>
        <message>
            <source>Few tries are left for the old PIN</source>
            <translation>旧口令的剩余次数不多</translation>
        </message>
        <message>
            <source>Old PIN</source>
            <translation>旧口令</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>取消</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>停止</translation>
        </message>
        <message>
            <source>Back to the list</source>
            <translation>返回列表</translation>
        </message>
        <message>
            <source>Use the last try</source>
            <translation>使用最后一次机会</translation>
        </message>
    </context>
    <context>
        <name>signet::PinPage</name>
        <message>
            <source>PIN</source>
            <translation>口令(PIN)</translation>
        </message>
        <message numerus="yes">
            <source>%n tries left</source>
            <translation>
                <numerusform>剩余 %n 次</numerusform>
            </translation>
        </message>
        <message>
            <source>Few tries are left</source>
            <translation>剩余次数不多</translation>
        </message>
        <message>
            <source>This PIN is the one that the key was handed out with, or it has expired. Change it soon, in "Keys and certificates".</source>
            <translation>这是发证时的初始口令,或口令已到期。请尽快在「USB key 和证书」中修改。</translation>
        </message>
    </context>
    <context>
        <name>signet::RegisterPage</name>
        <message>
            <source>"%1" (version %2)</source>
            <translation>《%1》(版本 %2)</translation>
        </message>
        <message>
            <source>Your signature accepts: %1</source>
            <translation>您的签名表示同意:%1</translation>
        </message>
        <message>
            <source>You are registered at %1.</source>
            <translation>已在 %1 注册。</translation>
        </message>
        <message>
            <source>%1 (company account)</source>
            <translation>%1(企业账户)</translation>
        </message>
        <message>
            <source>%1 (personal account)</source>
            <translation>%1(个人账户)</translation>
        </message>
        <message>
            <source>From now on you log in to websites with your USB key: keep it plugged in, open the website and choose to log in with your certificate. Signet then asks you for the PIN.</source>
            <translation>以后用 USB key 登录网站:插好 USB key,打开网站,选择「证书登录」,印信会请您输入口令。</translation>
        </message>
        <message>
            <source>&amp;Open the platform in the browser</source>
            <translation>在浏览器中打开平台(&amp;O)</translation>
        </message>
        <message>
            <source>You register at</source>
            <translation>注册到</translation>
        </message>
        <message>
            <source>with this certificate</source>
            <translation>使用的证书</translation>
        </message>
        <message>
            <source>Registering… Answer the questions in the login window. To stop, cancel there.</source>
            <translation>正在注册…请在登录窗口中输入口令。要停止,请在登录窗口中取消。</translation>
        </message>
        <message>
            <source>After a click on Register, the login window asks for the PIN of your USB key.</source>
            <translation>点击「注册」后,登录窗口会请您输入 USB key 的口令。</translation>
        </message>
        <message>
            <source>Registering</source>
            <translation>正在注册</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>已完成</translation>
        </message>
        <message>
            <source>Register</source>
            <translation>注册</translation>
        </message>
        <message>
            <source>&amp;Close</source>
            <translation>关闭(&amp;C)</translation>
        </message>
        <message>
            <source>&amp;Read again</source>
            <translation>重新阅读(&amp;R)</translation>
        </message>
        <message>
            <source>&amp;Try again</source>
            <translation>重试(&amp;T)</translation>
        </message>
        <message>
            <source>&amp;Register</source>
            <translation>注册(&amp;R)</translation>
        </message>
    </context>
    <context>
        <name>signet::RenewalPage</name>
        <message>
            <source>Where to write the request</source>
            <translation>证书请求保存到哪里</translation>
        </message>
        <message>
            <source>The certificate from the issuer</source>
            <translation>发证机构发来的证书</translation>
        </message>
        <message>
            <source>Certificates</source>
            <translation>证书</translation>
        </message>
        <message>
            <source>All files</source>
            <translation>所有文件</translation>
        </message>
        <message>
            <source>For the &amp;key that the certificate has</source>
            <translation>使用证书现有的密钥(&amp;K)</translation>
        </message>
        <message>
            <source>For a &amp;new key, made on this USB key:</source>
            <translation>在 USB key 中生成新密钥(&amp;N):</translation>
        </message>
        <message>
            <source>Kind of the new key</source>
            <translation>新密钥的类型</translation>
        </message>
        <message>
            <source>The USB key is working</source>
            <translation>USB key 正在工作</translation>
        </message>
        <message>
            <source>Request a renewal</source>
            <translation>申请续期</translation>
        </message>
        <message>
            <source>Install a certificate</source>
            <translation>安装证书</translation>
        </message>
        <message>
            <source>Make the request</source>
            <translation>生成请求</translation>
        </message>
        <message>
            <source>Write the certificate</source>
            <translation>写入证书</translation>
        </message>
        <message>
            <source>Stopped. What the USB key had begun may be done: look at the list.</source>
            <translation>已停止。USB key 已开始的操作可能已经完成,请查看列表。</translation>
        </message>
        <message>
            <source>A request is written to a file. Send the file to your certificate issuer; install the certificate that it sends back in this window.</source>
            <translation>续期请求会写入一个文件。请把文件交给发证机构,收到新证书后在本窗口安装。</translation>
        </message>
        <message>
            <source>Choose the file that your certificate issuer sent. The certificate is written beside its key; what is on the USB key stays as it is.</source>
            <translation>请选择发证机构发来的证书文件。证书会写入 USB key 中对应的密钥旁,原有的内容不会改动。</translation>
        </message>
        <message>
            <source>The USB key is working. Leave it plugged in.</source>
            <translation>USB key 正在工作,请不要拔出。</translation>
        </message>
        <message>
            <source>The request has been written. Send this file to your certificate issuer:</source>
            <translation>续期请求已生成。请把这个文件交给发证机构:</translation>
        </message>
        <message>
            <source>The certificate is on the USB key and can log in. Bind it to your account before you use it for the first time.</source>
            <translation>证书已写入 USB key,可以用于登录。第一次使用前请先绑定到您的账户。</translation>
        </message>
        <message>
            <source>The certificate is on the USB key, but it cannot log in yet. The list says why.</source>
            <translation>证书已写入 USB key,但还不能用于登录,原因见列表。</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>停止</translation>
        </message>
        <message>
            <source>Back to the list</source>
            <translation>返回列表</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>重试</translation>
        </message>
        <message>
            <source>Choose where to write it…</source>
            <translation>选择保存位置…</translation>
        </message>
        <message>
            <source>Choose the file…</source>
            <translation>选择文件…</translation>
        </message>
    </context>
    <context>
        <name>signet::SearchTable</name>
        <message>
            <source>Nothing matches the search.</source>
            <translation>没有符合搜索条件的内容。</translation>
        </message>
    </context>
    <context>
        <name>signet::SettingRow</name>
        <message>
            <source>Set by your administrator.</source>
            <translation>由管理员设定。</translation>
        </message>
        <message>
            <source>Set by an option with which Signet was started.</source>
            <translation>由启动印信时的选项设定。</translation>
        </message>
    </context>
    <context>
        <name>signet::SettingsWindow</name>
        <message>
            <source>Settings</source>
            <translation>设置</translation>
        </message>
        <message>
            <source>&amp;General</source>
            <translation>常规(&amp;G)</translation>
        </message>
        <message>
            <source>Si&amp;tes</source>
            <translation>网站(&amp;T)</translation>
        </message>
        <message>
            <source>&amp;Drivers</source>
            <translation>驱动(&amp;D)</translation>
        </message>
        <message>
            <source>&amp;Platforms</source>
            <translation>平台(&amp;P)</translation>
        </message>
        <message>
            <source>As the desktop</source>
            <translation>跟随桌面</translation>
        </message>
        <message>
            <source>&amp;Language</source>
            <translation>语言(&amp;L)</translation>
        </message>
        <message>
            <source>&amp;Start Signet when I log in to this computer</source>
            <translation>登录电脑后自动启动印信(&amp;S)</translation>
        </message>
        <message>
            <source>Enter the PI&amp;N on the card reader where it has a keypad</source>
            <translation>读卡器带键盘时,在读卡器上输入口令(&amp;N)</translation>
        </message>
        <message>
            <source>P&amp;ort for web pages</source>
            <translation>网页接口的端口(&amp;O)</translation>
        </message>
        <message>
            <source>Leave it empty unless another program needs the usual ports 28617, 28627 and 28637.</source>
            <translation>一般不用填写。只有当其他程序占用了常用端口 28617、28627 和 28637 时才需要指定。</translation>
        </message>
        <message>
            <source>Automatic</source>
            <translation>自动</translation>
        </message>
        <message>
            <source>Logins are made for these platforms only. They are set in the configuration file.</source>
            <translation>只为这些平台办理登录。平台在配置文件中设定。</translation>
        </message>
        <message>
            <source>Platforms</source>
            <translation>平台</translation>
        </message>
        <message>
            <source>Platform</source>
            <translation>平台</translation>
        </message>
        <message>
            <source>Set in</source>
            <translation>设定于</translation>
        </message>
        <message>
            <source>Search the platforms</source>
            <translation>搜索平台</translation>
        </message>
        <message>
            <source>No platform is configured. Ask your administrator, or write issuer = https://… into the configuration file.</source>
            <translation>还没有配置平台。请联系管理员,或在配置文件中写入 issuer = https://…</translation>
        </message>
        <message>
            <source>Sa&amp;ve</source>
            <translation>保存(&amp;V)</translation>
        </message>
        <message>
            <source>&amp;Cancel</source>
            <translation>取消(&amp;C)</translation>
        </message>
        <message>
            <source>&amp;Close</source>
            <translation>关闭(&amp;C)</translation>
        </message>
        <message>
            <source>Your administrator's policy</source>
            <translation>管理员策略</translation>
        </message>
        <message>
            <source>Starting with the session could not be changed: the file cannot be written.</source>
            <translation>没能更改自动启动:文件无法写入。</translation>
        </message>
        <message>
            <source>The settings are saved. Signet uses them once it has restarted.</source>
            <translation>设置已保存,重新启动印信后生效。</translation>
        </message>
        <message>
            <source>&amp;Restart Signet now</source>
            <translation>立即重启印信(&amp;R)</translation>
        </message>
        <message>
            <source>A port is a number from 0 to 65534. Nothing was saved.</source>
            <translation>端口应为 0 到 65534 之间的数字。没有保存任何更改。</translation>
        </message>
    </context>
    <context>
        <name>signet::SitesPanel</name>
        <message>
            <source>These sites may see whether a USB key is plugged in, because you have logged in there once. Revoking takes effect at once; the next login there allows it again.</source>
            <translation>您在这些网站登录过,因此它们可以知道 USB key 是否已插入。撤销后立即生效;再次登录该网站时会重新允许。</translation>
        </message>
        <message>
            <source>Sites</source>
            <translation>网站</translation>
        </message>
        <message>
            <source>Site</source>
            <translation>网站</translation>
        </message>
        <message>
            <source>Search the sites</source>
            <translation>搜索网站</translation>
        </message>
        <message>
            <source>No site may see your USB key yet. A site is listed here once you have logged in there.</source>
            <translation>目前没有网站可以知道 USB key 是否已插入。登录过的网站会列在这里。</translation>
        </message>
        <message>
            <source>Re&amp;voke…</source>
            <translation>撤销(&amp;V)…</translation>
        </message>
        <message>
            <source>Revoke %1? Its connections are closed, and a login there that is under way ends.</source>
            <translation>要撤销 %1 吗?它的连接会断开,正在进行的登录也会结束。</translation>
        </message>
        <message>
            <source>Revoke this &amp;site</source>
            <translation>撤销这个网站(&amp;S)</translation>
        </message>
        <message>
            <source>&amp;Keep this site</source>
            <translation>保留这个网站(&amp;K)</translation>
        </message>
        <message>
            <source>%1 could not be revoked for good: the list cannot be written.</source>
            <translation>没能永久撤销 %1:网站列表无法写入。</translation>
        </message>
        <message>
            <source>Make room on the disk, then try again.</source>
            <translation>请清理磁盘空间后重试。</translation>
        </message>
        <message>
            <source>%1 has been revoked.</source>
            <translation>已撤销 %1。</translation>
        </message>
    </context>
    <context>
        <name>signet::SmallWindow</name>
        <message>
            <source>Show</source>
            <translation>查看</translation>
        </message>
        <message>
            <source>OK</source>
            <translation>确定</translation>
        </message>
        <message>
            <source>Signet</source>
            <translation>印信</translation>
        </message>
    </context>
    <context>
        <name>signet::TokenDetails</name>
        <message>
            <source>Identity</source>
            <translation>身份</translation>
        </message>
        <message>
            <source>Issued by</source>
            <translation>发证机构</translation>
        </message>
        <message>
            <source>Valid</source>
            <translation>有效期</translation>
        </message>
        <message>
            <source>Purpose</source>
            <translation>用途</translation>
        </message>
        <message>
            <source>PIN</source>
            <translation>口令(PIN)</translation>
        </message>
        <message>
            <source>USB key</source>
            <translation>USB key</translation>
        </message>
        <message>
            <source>Fingerprint (SHA-256)</source>
            <translation>指纹(SHA-256)</translation>
        </message>
        <message>
            <source>Details of the chosen certificate</source>
            <translation>所选证书的详情</translation>
        </message>
        <message>
            <source>It can be used to log in.</source>
            <translation>可以用于登录。</translation>
        </message>
        <message>
            <source>There is no certificate on this USB key.</source>
            <translation>这个 USB key 中没有证书。</translation>
        </message>
        <message>
            <source>Ask your certificate issuer for one, or install the certificate file that it sent.</source>
            <translation>请向发证机构申请证书,或安装它发来的证书文件。</translation>
        </message>
        <message>
            <source>from %1 to %2</source>
            <translation>%1 至 %2</translation>
        </message>
        <message>
            <source>%1 (expired)</source>
            <translation>%1(已到期)</translation>
        </message>
        <message>
            <source>%1 (less than a day left)</source>
            <translation>%1(不到一天)</translation>
        </message>
        <message numerus="yes">
            <source>%1 (expires in %n day(s))</source>
            <translation>
                <numerusform>%1(%n 天后到期)</numerusform>
            </translation>
        </message>
        <message>
            <source>The certificate names no number of an enterprise or a person.</source>
            <translation>证书中没有企业或个人的号码。</translation>
        </message>
        <message>
            <source>Enterprise</source>
            <translation>企业</translation>
        </message>
        <message>
            <source>Person</source>
            <translation>个人</translation>
        </message>
        <message>
            <source>%1 %2, from the certificate's field %3</source>
            <translation>%1 %2,读自证书字段 %3</translation>
        </message>
        <message>
            <source>The number's check digit does not fit. This is only a hint.</source>
            <translation>号码的校验位不符,仅作提示。</translation>
        </message>
        <message>
            <source>Logging in and signing</source>
            <translation>登录和签名</translation>
        </message>
        <message>
            <source>Signing, but not for logging in</source>
            <translation>签名,不能用于登录</translation>
        </message>
        <message>
            <source>Encryption</source>
            <translation>加密</translation>
        </message>
        <message>
            <source>Certificate of an issuer</source>
            <translation>发证机构的证书</translation>
        </message>
        <message numerus="yes">
            <source>It also holds %n certificate(s) of issuers.</source>
            <translation>
                <numerusform>其中还有 %n 张发证机构的证书。</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n certificate(s) are too large or too many and are not shown.</source>
            <translation>
                <numerusform>另有 %n 张证书过大或过多,没有显示。</numerusform>
            </translation>
        </message>
        <message>
            <source>It is locked.</source>
            <translation>已锁定。</translation>
        </message>
        <message>
            <source>It is not set yet.</source>
            <translation>还没有设置。</translation>
        </message>
        <message numerus="yes">
            <source>%n try(ies) left.</source>
            <translation>
                <numerusform>还可以试 %n 次。</numerusform>
            </translation>
        </message>
        <message>
            <source>Only one try is left.</source>
            <translation>只剩最后一次机会。</translation>
        </message>
        <message>
            <source>A wrong one was entered before.</source>
            <translation>曾经输错过。</translation>
        </message>
        <message>
            <source>It must be changed first.</source>
            <translation>须先修改才能使用。</translation>
        </message>
        <message>
            <source>It is entered on the reader.</source>
            <translation>在读卡器上输入。</translation>
        </message>
    </context>
    <context>
        <name>signet::TokensWindow</name>
        <message>
            <source>USB keys and certificates</source>
            <translation>USB key 和证书</translation>
        </message>
        <message>
            <source>Change the &amp;PIN</source>
            <translation>修改口令(&amp;P)</translation>
        </message>
        <message>
            <source>Request a &amp;renewal</source>
            <translation>申请续期(&amp;R)</translation>
        </message>
        <message>
            <source>&amp;Install a certificate</source>
            <translation>安装证书(&amp;I)</translation>
        </message>
        <message>
            <source>Run the &amp;self-check</source>
            <translation>运行自检(&amp;S)</translation>
        </message>
        <message>
            <source>slot %1</source>
            <translation>卡槽 %1</translation>
        </message>
        <message>
            <source>Looking for USB keys…</source>
            <translation>正在查找 USB key…</translation>
        </message>
        <message numerus="yes">
            <source>%n USB key(s)</source>
            <translation>
                <numerusform>%n 个 USB key</numerusform>
            </translation>
        </message>
        <message>
            <source>Certificates on USB keys</source>
            <translation>USB key 中的证书</translation>
        </message>
        <message>
            <source>USB key</source>
            <translation>USB key</translation>
        </message>
        <message>
            <source>Holder</source>
            <translation>持有人</translation>
        </message>
        <message>
            <source>Number</source>
            <translation>号码</translation>
        </message>
        <message>
            <source>Issued by</source>
            <translation>发证机构</translation>
        </message>
        <message>
            <source>Valid until</source>
            <translation>有效期至</translation>
        </message>
        <message>
            <source>State</source>
            <translation>状态</translation>
        </message>
        <message>
            <source>Search by name, number or issuer</source>
            <translation>按名称、号码或发证机构查找</translation>
        </message>
        <message>
            <source>No driver for USB keys was found on this computer. Install the one that came with your USB key, then run the self-check.</source>
            <translation>这台电脑上没有 USB key 的驱动。请安装随 USB key 提供的驱动,再运行自检。</translation>
        </message>
        <message>
            <source>No USB key can be shown, because of what is said above. The self-check tells more.</source>
            <translation>由于上面的原因,暂时无法显示 USB key。运行自检可了解详情。</translation>
        </message>
        <message>
            <source>No USB key is plugged in.
Plug it in: it appears here by itself within a few seconds. If it does not, run the self-check.</source>
            <translation>没有插入 USB key。
插入后稍等几秒,它会自动出现在这里。没有出现时请运行自检。</translation>
        </message>
        <message>
            <source>Can log in</source>
            <translation>可以登录</translation>
        </message>
        <message>
            <source>The PIN is locked</source>
            <translation>口令已锁定</translation>
        </message>
        <message>
            <source>No certificate on this USB key</source>
            <translation>这个 USB key 中没有证书</translation>
        </message>
        <message>
            <source>Only a signing certificate on a USB key can be renewed.</source>
            <translation>只有 USB key 中的签名证书可以续期。</translation>
        </message>
    </context>
    <context>
        <name>signet::Tray</name>
        <message>
            <source>Log in to %1</source>
            <translation>登录 %1</translation>
        </message>
        <message>
            <source>Register a certificate…</source>
            <translation>注册证书…</translation>
        </message>
        <message>
            <source>Keys and certificates</source>
            <translation>USB key 和证书</translation>
        </message>
        <message>
            <source>Activity</source>
            <translation>使用记录</translation>
        </message>
        <message>
            <source>Self-check</source>
            <translation>自检</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>设置</translation>
        </message>
        <message>
            <source>About Signet</source>
            <translation>关于印信</translation>
        </message>
        <message>
            <source>Quit</source>
            <translation>退出</translation>
        </message>
        <message>
            <source>Signet is not set up yet: no platform is configured. Ask your administrator.</source>
            <translation>印信还没有配置好:没有设置平台。请联系管理员。</translation>
        </message>
        <message>
            <source>A login is waiting for you</source>
            <translation>有登录在等您处理</translation>
        </message>
        <message>
            <source>Looking for USB keys…</source>
            <translation>正在查找 USB key…</translation>
        </message>
        <message>
            <source>No USB key is plugged in</source>
            <translation>没有插入 USB key</translation>
        </message>
        <message>
            <source>The USB key has no certificate that can be used. Open "Keys and certificates".</source>
            <translation>USB key 中没有可用的证书。请打开「USB key 和证书」查看原因。</translation>
        </message>
        <message>
            <source>Ready: %1</source>
            <translation>已就绪:%1</translation>
        </message>
        <message>
            <source>Signet</source>
            <translation>印信</translation>
        </message>
    </context>
    <context>
        <name>signet::TrayApp</name>
        <message>
            <source>Few PIN tries are left</source>
            <translation>口令机会不多了</translation>
        </message>
        <message numerus="yes">
            <source>%1: %n tries left</source>
            <translation>
                <numerusform>%1:剩余 %n 次</numerusform>
            </translation>
        </message>
        <message>
            <source>Notice from %1</source>
            <translation>%1 的通知</translation>
        </message>
        <message>
            <source>Signet</source>
            <translation>印信</translation>
        </message>
        <message>
            <source>USB key found</source>
            <translation>已插入 USB key</translation>
        </message>
        <message>
            <source>USB key removed</source>
            <translation>USB key 已拔出</translation>
        </message>
        <message>
            <source>A certificate expires soon</source>
            <translation>证书即将到期</translation>
        </message>
        <message numerus="yes">
            <source>%1: %n days left. Ask your certificate issuer to renew it.</source>
            <translation>
                <numerusform>%1:还有 %n 天到期。请联系发证机构续期。</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>signet::WelcomePage</name>
        <message>
            <source>Signet logs you in to websites with the certificate on your USB key. You need no website password, and the PIN of your key never leaves this computer.</source>
            <translation>印信用您 USB key 中的证书登录网站。您不需要记网站密码,USB key 的口令也不会离开这台电脑。</translation>
        </message>
        <message>
            <source>Which platform do you want to register at?</source>
            <translation>您要注册到哪个平台?</translation>
        </message>
        <message>
            <source>You register once, in a few minutes, at this platform:</source>
            <translation>您只需在这个平台注册一次,几分钟即可完成:</translation>
        </message>
        <message>
            <source>Have your USB key and its PIN at hand.</source>
            <translation>请准备好 USB key 和它的口令。</translation>
        </message>
        <message>
            <source>This computer does not know yet which platform you log in to.</source>
            <translation>这台电脑还没有设置要登录的平台。</translation>
        </message>
        <message>
            <source>Ask your administrator to set the address of the platform in Signet's configuration (setting: issuer). Then open "Register a certificate…" in Signet's menu.</source>
            <translation>请联系管理员,在印信的配置中填写平台地址(配置项 issuer)。设置好后,点击印信菜单中的「注册证书…」。</translation>
        </message>
        <message>
            <source>Welcome to Signet</source>
            <translation>欢迎使用印信</translation>
        </message>
    </context>
    <context>
        <name>signet::WindowAsker</name>
        <message>
            <source>Choose</source>
            <translation>选择</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>取消</translation>
        </message>
    </context>
</TS>
