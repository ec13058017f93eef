// DISPLAY (X(7)) and the authority file as xauth(1) itself writes it.

#include "net/X11Display.h"

#include "tests/support/ToolRun.h"

#include <QFile>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using net::X11Display;

namespace {

const QByteArray ownCookie = QByteArray::fromHex("00112233445566778899aabbccddeeff");
const QByteArray otherCookie = QByteArray::fromHex("ffeeddccbbaa99887766554433221100");

} // namespace

class X11DisplayTest : public QObject
{
    Q_OBJECT

private slots:
    void names_data();
    void names();
    void rejects_data();
    void rejects();
    void cookieOfTheDisplay();
    void cookieForAnyDisplay();
    void damagedFile();

private:
    QByteArray authorityOf(const QList<std::pair<QString, QByteArray>> &entries);
    QTemporaryDir m_directory;
};

void X11DisplayTest::names_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("isUnix");
    QTest::addColumn<int>("number");
    QTest::addColumn<int>("screen");
    QTest::newRow("plain") << u":0"_s << true << 0 << 0;
    QTest::newRow("with screen") << u":12.3"_s << true << 12 << 3;
    QTest::newRow("unix") << u"unix:1"_s << true << 1 << 0;
    QTest::newRow("forwarded by ssh") << u"localhost:10.0"_s << false << 10 << 0;
    QTest::newRow("loopback") << u"127.0.0.1:10"_s << false << 10 << 0;
}

void X11DisplayTest::names()
{
    QFETCH(QString, name);
    const auto display = X11Display::parse(name);
    QVERIFY(display);
    QTEST(display->transport == X11Display::Transport::UnixSocket, "isUnix");
    QTEST(display->number, "number");
    QTEST(display->screen, "screen");
}

void X11DisplayTest::rejects_data()
{
    QTest::addColumn<QString>("name");
    for (const char *name : {"", ":", "0", ":x", ":-1", ":+1", ":0.", ":.0", ":99999999999",
                             ":65535", "elsewhere:0", "192.0.2.1:0", "/tmp/launch:0", ":0.0.0"}) {
        QTest::newRow(name) << QString::fromLatin1(name);
    }
}

void X11DisplayTest::rejects()
{
    QFETCH(QString, name);
    QVERIFY(!X11Display::parse(name));
}

QByteArray X11DisplayTest::authorityOf(const QList<std::pair<QString, QByteArray>> &entries)
{
    const QString path = m_directory.filePath(u"authority"_s);
    QFile::remove(path);
    for (const auto &[display, cookie] : entries) {
        tests::runTool({.program = u"xauth"_s,
                        .arguments = {u"-q"_s, u"-f"_s, path, u"add"_s, display, u"."_s,
                                      QString::fromLatin1(cookie.toHex())}});
    }
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void X11DisplayTest::cookieOfTheDisplay()
{
    if (QStandardPaths::findExecutable(u"xauth"_s).isEmpty()) {
        QSKIP("xauth is not installed");
    }
    const QByteArray file = authorityOf({{u"myhost/unix:1"_s, otherCookie},
                                         {u"myhost/unix:7"_s, ownCookie},
                                         {u"another/unix:8"_s, otherCookie}});
    QCOMPARE(net::magicCookie(file, {.number = 7}, "myhost"), ownCookie);
    QCOMPARE(net::magicCookie(file, {.number = 1}, "myhost"), otherCookie);
    QCOMPARE(net::magicCookie(file, {.number = 8}, "myhost"), std::nullopt);
    QCOMPARE(net::magicCookie(file, {.number = 7}, "another"), std::nullopt);
}

// As display managers write it: family "wild", no number (Xau(3)).
void X11DisplayTest::cookieForAnyDisplay()
{
    const QByteArray entry = QByteArray::fromHex("ffff"
                                                 "0000"
                                                 "0000"
                                                 "0012")
        + "MIT-MAGIC-COOKIE-1" + QByteArray::fromHex("0010") + ownCookie;
    QCOMPARE(net::magicCookie(entry, {.number = 3}, "myhost"), ownCookie);
}

void X11DisplayTest::damagedFile()
{
    const QByteArray entry = QByteArray::fromHex("ffff000000000012") + "MIT-MAGIC-COOKIE-1"
        + QByteArray::fromHex("0010") + ownCookie;
    for (qsizetype size = 0; size < entry.size(); ++size) {
        QCOMPARE(net::magicCookie(entry.first(size), {}, "myhost"), std::nullopt);
    }
    QByteArray shortCookie = entry;
    shortCookie[entry.size() - ownCookie.size() - 1] = 4;
    QCOMPARE(net::magicCookie(shortCookie, {}, "myhost"), std::nullopt);
}

QTEST_GUILESS_MAIN(X11DisplayTest)

#include "X11DisplayTest.moc"
