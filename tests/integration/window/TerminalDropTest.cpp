// Files that are dropped on the terminal of a tab: what the shell gets, and what is uploaded.

#include "tests/integration/window/FilesFixture.h"
#include "tests/support/Reason.h"
#include "ui/files/FileDrag.h"
#include "ui/files/FileListView.h"
#include "ui/files/FilePane.h"
#include "ui/main/MainWindow.h"
#include "ui/main/TerminalFileDrops.h"
#include "ui/terminal/TerminalPane.h"
#include "ui/terminal/TerminalSplits.h"
#include "ui/terminal/TerminalView.h"

#include <QAction>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QMenu>
#include <QMimeData>
#include <QTest>

using namespace Qt::StringLiterals;
using files::FilePath;
using tests::patience;
using ui::Place;

class TerminalDropTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void wordsAreOneEach_data();
    void wordsAreOneEach();
    void pathsAreInserted();
    void filesAreUploadedToWhereTheShellIs();
    void pathsOfTheServerAreInsertedAtOnce();
    void pathsOfAnotherServerAreNot();
    void localPathsOfAnotherTabAreAskedAbout();
    void escapeGivesUp();
    void textIsStillPasted();

private:
    ui::TerminalView &view() const
    {
        return m_test->window().findChild<ui::TerminalSplits *>()->current().view();
    }
    bool drop(const QMimeData &data) const;
    QMenu *menu() const { return m_test->window().findChild<QMenu *>(u"terminalDropMenu"_s); }
    bool choose(const QString &action) const;

    std::unique_ptr<tests::FilesFixture> m_test;
};

void TerminalDropTest::init()
{
    m_test = std::make_unique<tests::FilesFixture>();
    const auto started = m_test->start();
    QVERIFY2(started, tests::reason(started).constData());
    m_test->press(Qt::Key_3, Qt::ControlModifier | Qt::ShiftModifier); // terminal and files
    m_test->run(u"PS1='$ '; echo =$((40+2))="_s);
    QVERIFY(m_test->screenShows(u"=42="_s));
}

void TerminalDropTest::cleanup()
{
    m_test.reset();
}

bool TerminalDropTest::drop(const QMimeData &data) const
{
    QWidget &area = view().dropArea();
    const QPoint place = area.rect().center();
    QDragEnterEvent enter(place, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&area, &enter);
    QDropEvent drop(place, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&area, &drop);
    return enter.isAccepted() && drop.isAccepted();
}

bool TerminalDropTest::choose(const QString &action) const
{
    if (!QTest::qWaitFor([this] { return menu() != nullptr && menu()->isVisible(); }, patience)) {
        return false;
    }
    auto *found = menu()->findChild<QAction *>(action);
    if (found == nullptr || !found->isEnabled()) {
        return false;
    }
    found->trigger();
    menu()->close();
    return true;
}

void TerminalDropTest::wordsAreOneEach_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QString>("word");

    QTest::newRow("plain") << "/srv/www/index.html"_ba << u"/srv/www/index.html "_s;
    QTest::newRow("space") << "/my file"_ba << u"'/my file' "_s;
    QTest::newRow("quote") << "/it's"_ba << u"'/it'\\''s' "_s;
    QTest::newRow("command") << "/$(reboot)"_ba << u"'/$(reboot)' "_s;
    QTest::newRow("umlaut") << "/gr\xc3\xbc\xc3\x9f"_ba << u"'/grüß' "_s;
    QTest::newRow("line break") << "/a\nb"_ba << u"$'/a\\012b' "_s;
    QTest::newRow("escape and digit") << "/a\x1b\x37"_ba << u"$'/a\\0337' "_s;
    QTest::newRow("reading backwards") << "/\xe2\x80\xae"
                                          "b"_ba
                                       << u"$'/\\342\\200\\256b' "_s;
    QTest::newRow("no text") << "/\xff'\\"_ba << u"$'/\\377\\047\\134' "_s;
}

void TerminalDropTest::wordsAreOneEach()
{
    QFETCH(const QByteArray, path);
    QTEST(ui::TerminalFileDrops::words({FilePath(path)}), "word");
}

void TerminalDropTest::pathsAreInserted()
{
    m_test->put(Place::ThisComputer, "my file", "=inside=");
    const FilePath path = FilePath(m_test->directory(Place::ThisComputer)).child("my file");
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(QString::fromUtf8(path.bytes()))});
    view().type("cat ");

    QVERIFY(drop(data));
    QVERIFY(choose(u"terminalDropInsert"_s));

    view().type("\r");
    QVERIFY(m_test->screenShows(u"=inside="_s));
}

void TerminalDropTest::filesAreUploadedToWhereTheShellIs()
{
    m_test->put(Place::ThisComputer, "report", "=inside=");
    m_test->run(u"mkdir sub; cd sub; printf '\\033]7;file://%s\\007' \"$PWD\"; echo in=$((1+1))"_s);
    QVERIFY(m_test->screenShows(u"in=2"_s));
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(
        QString::fromUtf8(m_test->directory(Place::ThisComputer) + "/report"))});

    QVERIFY(drop(data));
    QVERIFY(choose(u"terminalDropUpload"_s));

    view().type("until [ -e report ]; do sleep 0.1; done; cat report\r");
    QVERIFY(m_test->screenShows(u"=inside="_s));
}

void TerminalDropTest::pathsOfTheServerAreInsertedAtOnce()
{
    m_test->put(Place::Server, "there", "=inside=");
    const FilePath path = FilePath(m_test->directory(Place::Server)).child("there");
    const auto data
        = ui::toMimeData({m_test->pane(Place::Server).list().id(), {path}}, Place::Server);
    view().type("cat ");

    QVERIFY(drop(*data));

    QVERIFY(menu() == nullptr);
    view().type("\r");
    QVERIFY(m_test->screenShows(u"=inside="_s));
}

void TerminalDropTest::pathsOfAnotherServerAreNot()
{
    const auto data
        = ui::toMimeData({QUuid::createUuid(), {FilePath("/etc/hosts")}}, Place::Server);

    QVERIFY(!drop(*data));

    QVERIFY(menu() == nullptr);
    view().type("echo =$((50+2))=\r");
    QVERIFY(m_test->screenShows(u"=52="_s));
    QVERIFY(!m_test->screen().contains(u"/etc/hosts"_s));
}

void TerminalDropTest::localPathsOfAnotherTabAreAskedAbout()
{
    const auto data
        = ui::toMimeData({QUuid::createUuid(), {FilePath("/etc/hosts")}}, Place::ThisComputer);
    QVERIFY(drop(*data));
    QVERIFY(choose(u"terminalDropInsert"_s));
    QVERIFY(m_test->screenShows(u"/etc/hosts"_s));
}

void TerminalDropTest::escapeGivesUp()
{
    QMimeData data;
    data.setUrls({QUrl(u"file:///etc/hostname"_s)});
    QVERIFY(drop(data));
    QTRY_VERIFY_WITH_TIMEOUT(menu() != nullptr && menu()->isVisible(), patience);

    QTest::keyClick(menu(), Qt::Key_Escape);

    QTRY_VERIFY_WITH_TIMEOUT(menu() == nullptr, patience);
    view().type("echo =$((50+2))=\r");
    QVERIFY(m_test->screenShows(u"=52="_s));
    QVERIFY(!m_test->screen().contains(u"hostname"_s));
}

void TerminalDropTest::textIsStillPasted()
{
    QMimeData data;
    data.setText(u"echo =$((60+2))="_s);
    QVERIFY(drop(data));
    view().type("\r");
    QVERIFY(m_test->screenShows(u"=62="_s));
}

QTEST_MAIN(TerminalDropTest)

#include "TerminalDropTest.moc"
