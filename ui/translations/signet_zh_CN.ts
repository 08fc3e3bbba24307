<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
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
        <name>signet::SmallWindow</name>
        <message>
            <source>Signet</source>
            <translation>印信</translation>
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
            <translation>操作记录</translation>
        </message>
        <message>
            <source>Self-check</source>
            <translation>运行自检</translation>
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
</TS>
