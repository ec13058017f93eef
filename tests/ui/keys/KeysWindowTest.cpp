// The Keys window on a directory of its own, with a real ssh-agent and keys of the installed tools.

#include "ui/keys/KeysWindow.h"

#include "keys/KeyUnlock.h"
#include "tests/support/PuttyKeys.h"
#include "tests/support/Reason.h"
#include "tests/support/TestAgent.h"
#include "tests/support/TestKeys.h"
#include "tests/support/ToolRun.h"
#include "ui/widgets/Sheet.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPointer>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <QTreeView>

using namespace Qt::StringLiterals;
using base::SecretString;
using ui::KeyModel;
using ui::KeysWindow;

class KeysWindowTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void emptyDirectoryTeaches();
    void keysOfFilesAndAgentAreListed();
    void newKeyIsMade();
    void newKeyWithTwoPassphrasesIsNotMade();
    void passphraseIsChanged();
    void wrongPassphraseIsAskedForAgain();
    void looseModeIsMended();
    void puttyKeyIsConverted();
    void keyGoesIntoTheAgentAndOut();
    void publicKeyIsCopied();
    void certificateIsShown();
    void unusableKeySaysWhy();
    void installWithoutServersSaysSo();
    void escapeClosesASheetThenTheWindow();

private:
    tests::KeyPair make(const QString &name, const tests::KeySpec &spec = {});
    void open();
    QString path(const QString &name) const { return m_directory->filePath(name); }
    template<typename T>
    T *find(const char *name) const
    {
        return m_window->findChild<T *>(QString::fromLatin1(name));
    }
    // What is seen of that name, waited for.
    QWidget *visible(const char *name) const;
    void click(const char *name) const;
    void fill(const char *name, const QString &text) const;
    bool isNoticed(const QString &part) const;
    QString cell(int row, KeyModel::Column column) const;
    int rows() const { return find<QTreeView>("keysList")->model()->rowCount(); }

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<tests::TestAgent> m_agent;
    std::unique_ptr<KeysWindow> m_window;
};

void KeysWindowTest::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    m_agent = std::make_unique<tests::TestAgent>();
    const auto started = m_agent->start();
    QVERIFY2(started, tests::reason(started).constData());
}

void KeysWindowTest::cleanup()
{
    m_window.reset();
    m_agent.reset();
}

tests::KeyPair KeysWindowTest::make(const QString &name, const tests::KeySpec &spec)
{
    const auto made = tests::generateKey(path(name), spec);
    if (!made) {
        qFatal("%s", tests::reason(made).constData());
    }
    return *made;
}

void KeysWindowTest::open()
{
    m_window = std::make_unique<KeysWindow>(
        KeysWindow::Surroundings{.directory = m_directory->path(),
                                 .agents = {{m_agent->socketPath(), u"test"_s}},
                                 .targets = [] { return QList<ui::InstallTarget>(); },
                                 .connectionSettings = {}});
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

QWidget *KeysWindowTest::visible(const char *name) const
{
    QWidget *found = nullptr;
    const auto isThere = [&] {
        const auto widgets = m_window->findChildren<QWidget *>(QString::fromLatin1(name));
        for (QWidget *widget : widgets) {
            if (widget->isVisible()) {
                found = widget;
            }
        }
        return found != nullptr;
    };
    if (!QTest::qWaitFor(isThere, 10'000)) {
        QTest::qFail(qPrintable(u"%1 is not to be seen"_s.arg(QLatin1StringView(name))), __FILE__,
                     __LINE__);
    }
    return found;
}

void KeysWindowTest::click(const char *name) const
{
    if (QWidget *widget = visible(name)) {
        QTest::mouseClick(widget, Qt::LeftButton);
    }
}

void KeysWindowTest::fill(const char *name, const QString &text) const
{
    if (auto *edit = qobject_cast<QLineEdit *>(visible(name))) {
        edit->selectAll();
        QTest::keyClicks(edit, text);
    }
}

bool KeysWindowTest::isNoticed(const QString &part) const
{
    const auto texts = [this] {
        QString all;
        for (const QLabel *label : m_window->findChildren<QLabel *>()) {
            if (label->isVisible()) {
                all += label->text() + u'\n';
            }
        }
        return all;
    };
    return QTest::qWaitFor([&] { return texts().contains(part); }, 10'000);
}

QString KeysWindowTest::cell(int row, KeyModel::Column column) const
{
    const QAbstractItemModel *model = find<QTreeView>("keysList")->model();
    return model->index(row, column).data().toString();
}

void KeysWindowTest::emptyDirectoryTeaches()
{
    open();

    QVERIFY(visible("keysEmpty") != nullptr);
    click("keysEmptyGenerate");
    QVERIFY(visible("generateKeySheet") != nullptr);
    QCOMPARE(find<QLineEdit>("generateKeyFile")->text(), path(u"id_ed25519"_s));
}

void KeysWindowTest::keysOfFilesAndAgentAreListed()
{
    const auto both = make(u"a_both"_s, {.comment = u"in both"_s});
    make(u"b_locked"_s, {.type = tests::KeyType::Ecdsa, .passphrase = u"secret"_s});
    QVERIFY(m_agent->add(both));
    QTemporaryDir elsewhere;
    const auto other = tests::generateKey(elsewhere.filePath(u"x"_s), {.comment = u"elsewhere"_s});
    QVERIFY(other && m_agent->add(*other));
    open();

    QTRY_COMPARE(rows(), 3);
    QCOMPARE(cell(0, KeyModel::Name), u"a_both"_s);
    QCOMPARE(cell(0, KeyModel::Type), u"ED25519, 256 bits"_s);
    QCOMPARE(cell(0, KeyModel::Comment), u"in both"_s);
    QCOMPARE(cell(0, KeyModel::Mode), u"0600"_s);
    QCOMPARE(cell(0, KeyModel::Agent), u"loaded"_s);
    QCOMPARE(cell(0, KeyModel::Passphrase), u"none"_s);
    QCOMPARE(cell(1, KeyModel::Passphrase), u"yes"_s);
    QCOMPARE(cell(1, KeyModel::Agent), QString());
    QCOMPARE(cell(2, KeyModel::Comment), u"elsewhere"_s);
    QCOMPARE(cell(2, KeyModel::Mode), QString());
    const auto listed = tests::runTool(
        {.program = u"ssh-keygen"_s, .arguments = {u"-l"_s, u"-f"_s, path(u"a_both"_s)}});
    QCOMPARE(cell(0, KeyModel::Fingerprint), QString::fromLatin1(listed.output.split(' ')[1]));
}

void KeysWindowTest::newKeyIsMade()
{
    open();
    click("keysGenerate");
    fill("generateKeyFile", path(u"mine"_s));
    fill("generateKeyComment", u"my comment"_s);
    fill("generateKeyPassphrase", u"secret"_s);
    fill("generateKeyAgain", u"secret"_s);
    click("generateKeySheetAccept");

    QVERIFY(isNoticed(u"mine is made"_s));
    QTRY_COMPARE(rows(), 1);
    const auto key = keys::unlockKeyFile(path(u"mine"_s), SecretString::fromText(u"secret"_s));
    QVERIFY(key);
    QCOMPARE(key->comment(), "my comment");
    QCOMPARE(key->type(), "ssh-ed25519");
}

void KeysWindowTest::newKeyWithTwoPassphrasesIsNotMade()
{
    open();
    click("keysGenerate");
    fill("generateKeyPassphrase", u"secret"_s);
    fill("generateKeyAgain", u"sekret"_s);
    click("generateKeySheetAccept");

    QVERIFY(find<QLabel>("generateKeySheetProblem")->isVisible());
    QVERIFY(visible("generateKeySheet") != nullptr);
    QVERIFY(!QFile::exists(path(u"id_ed25519"_s)));
}

void KeysWindowTest::passphraseIsChanged()
{
    make(u"id"_s, {.passphrase = u"old"_s});
    open();
    click("keyChangePassphraseButton");
    fill("passphraseEdit", u"old"_s);
    click("passwordAccept");
    fill("newPassphraseEdit", u"new"_s);
    fill("newPassphraseAgain", u"new"_s);
    click("newPassphraseSheetAccept");

    QVERIFY(isNoticed(u"has a new passphrase"_s));
    QVERIFY(keys::unlockKeyFile(path(u"id"_s), SecretString::fromText(u"new"_s)));
    QVERIFY(!keys::unlockKeyFile(path(u"id"_s), SecretString::fromText(u"old"_s)));
}

void KeysWindowTest::wrongPassphraseIsAskedForAgain()
{
    make(u"id"_s, {.passphrase = u"old"_s});
    open();
    click("keyChangePassphraseButton");
    fill("passphraseEdit", u"wrong"_s);
    click("passwordAccept");

    QVERIFY(visible("passwordRefused") != nullptr);
    click("passwordCancel");
    QVERIFY(keys::unlockKeyFile(path(u"id"_s), SecretString::fromText(u"old"_s)));
}

void KeysWindowTest::looseModeIsMended()
{
    const auto key = make(u"id"_s);
    QVERIFY(QFile::setPermissions(key.privateFile,
                                  QFile::ReadOwner | QFile::WriteOwner | QFile::ReadOther));
    open();
    QTRY_COMPARE(cell(0, KeyModel::Mode), u"0604"_s);
    QVERIFY(find<QLabel>("keyDetails")->text().contains(u"Others may read"_s));
    QVERIFY(!find<QToolButton>("keyInstallButton")->isVisible());
    click("keyMendModeButton");

    QVERIFY(isNoticed(u"Only you can read"_s));
    QTRY_COMPARE(cell(0, KeyModel::Mode), u"0600"_s);
    QVERIFY(!QFile::permissions(key.privateFile).testFlag(QFile::ReadOther));
}

void KeysWindowTest::puttyKeyIsConverted()
{
    QTemporaryDir elsewhere;
    const auto key = tests::generateKey(elsewhere.filePath(u"x"_s));
    QVERIFY(key);
    const auto converted = tests::convertToPutty(
        *key, path(u"work.ppk"_s), {.passphrase = u"secret"_s, .comment = u"from putty"_s});
    QVERIFY2(converted, tests::reason(converted).constData());
    open();
    QTRY_COMPARE(rows(), 1);
    click("keyConvertButton");
    fill("passphraseEdit", u"secret"_s);
    click("passwordAccept");
    QVERIFY(visible("keyTargetSheet") != nullptr);
    QCOMPARE(find<QLineEdit>("keyTargetFile")->text(), path(u"work"_s));
    click("keyTargetSheetAccept");

    QVERIFY(isNoticed(u"OpenSSH's format"_s));
    const auto opened
        = tests::runTool({.program = u"ssh-keygen"_s,
                          .arguments = {u"-y"_s, u"-P"_s, u"secret"_s, u"-f"_s, path(u"work"_s)}});
    QVERIFY(opened.output.startsWith(key->publicLine.chopped(u"made for a test"_s.size())));
    QVERIFY(QFile::exists(path(u"work.ppk"_s)));
}

void KeysWindowTest::keyGoesIntoTheAgentAndOut()
{
    const auto key = make(u"id"_s, {.passphrase = u"secret"_s});
    open();
    click("keyAddToAgentButton");
    fill("passphraseEdit", u"secret"_s);
    click("passwordAccept");
    click("agentSheetAccept");

    QTRY_VERIFY(m_agent->list().contains(key.publicLine.split(' ')[1]));
    QTRY_COMPARE(cell(0, KeyModel::Agent), u"loaded"_s);
    click("keyRemoveFromAgentButton");
    QTRY_VERIFY(!m_agent->list().contains(key.publicLine.split(' ')[1]));
    QTRY_COMPARE(cell(0, KeyModel::Agent), QString());
}

void KeysWindowTest::publicKeyIsCopied()
{
    const auto key = make(u"id"_s, {.comment = u"two words"_s});
    open();
    click("keyCopyPublicButton");

    QCOMPARE(QApplication::clipboard()->text(), QString::fromUtf8(key.publicLine));
}

void KeysWindowTest::certificateIsShown()
{
    const auto authority = make(u"z_ca"_s);
    const auto key = make(u"id"_s);
    QVERIFY(tests::certify(key, authority, {.principals = {u"ann"_s}, .validity = u"-2h:-1h"_s}));
    open();

    QTRY_COMPARE(rows(), 2);
    QVERIFY(cell(0, KeyModel::CertificateState).startsWith(u"expired"_s));
    QVERIFY(find<QLabel>("keyDetails")->text().contains(u"for ann"_s));
}

void KeysWindowTest::unusableKeySaysWhy()
{
    make(u"id"_s,
         {.passphrase = u"secret"_s, .moreArguments = {u"-Z"_s, u"aes256-gcm@openssh.com"_s}});
    open();

    QTRY_COMPARE(rows(), 1);
    QVERIFY(find<QLabel>("keyDetails")->text().contains(u"ssh-keygen -p -Z aes256-ctr"_s));
    QVERIFY(!find<QToolButton>("keyChangePassphraseButton")->isVisible());
}

void KeysWindowTest::installWithoutServersSaysSo()
{
    make(u"id"_s);
    open();
    click("keyInstallButton");

    QVERIFY(visible("errorBanner") != nullptr);
}

void KeysWindowTest::escapeClosesASheetThenTheWindow()
{
    open();
    QTest::mouseClick(visible("keysEmptyGenerate"), Qt::LeftButton);
    const QPointer<ui::Sheet> sheet = m_window->findChild<ui::Sheet *>();
    QVERIFY(sheet && sheet->isVisible());

    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
    QTRY_VERIFY(sheet.isNull());
    QVERIFY(m_window->isVisible());
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);

    QVERIFY(!m_window->isVisible());
}

QTEST_MAIN(KeysWindowTest)

#include "KeysWindowTest.moc"
