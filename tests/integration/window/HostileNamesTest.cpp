// Names that are no polite text go through everything that the panes do, byte by byte.

#include "tests/integration/window/FilesFixture.h"
#include "tests/support/Reason.h"
#include "ui/main/MainWindow.h"

#include <QTest>

using namespace Qt::StringLiterals;
using ui::Place;

class HostileNamesTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanupTestCase();
    void nameSurvivesCopying_data();
    void nameSurvivesCopying();

private:
    void remove(Place place, const QByteArray &name);

    std::unique_ptr<tests::FilesFixture> m_test; // one window for all names
};

void HostileNamesTest::initTestCase()
{
    m_test = std::make_unique<tests::FilesFixture>();
    const auto started = m_test->start();
    QVERIFY2(started, tests::reason(started).constData());
}

void HostileNamesTest::cleanupTestCase()
{
    m_test.reset();
}

void HostileNamesTest::remove(Place place, const QByteArray &name)
{
    QVERIFY(m_test->find(place, name));
    m_test->press(Qt::Key_F8, Qt::ShiftModifier); // for good
    QVERIFY(m_test->appears("deleteSheet"));
    m_test->click("deleteConfirm");
    QVERIFY(m_test->hides(place, name));
    QVERIFY(!m_test->names(place).contains(name));
}

void HostileNamesTest::nameSurvivesCopying_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::newRow("spaces") << "  two  words "_ba;
    QTest::newRow("newline") << "first\nsecond"_ba;
    QTest::newRow("quotes and shell") << "'\"`$(reboot)`;*?\\"_ba;
    QTest::newRow("leading dash") << "-rf"_ba;
    QTest::newRow("not UTF-8") << "caf\xe9 \xff\xfe"_ba;
    QTest::newRow("escape sequence") << "\x1b[31mred"_ba;
    QTest::newRow("direction") << "evil\u202Egpj.exe"_ba;
    QTest::newRow("markup") << "<b>bold&amp;<b>"_ba;
    QTest::newRow("decomposed") << "u\u0308ber"_ba;
}

void HostileNamesTest::nameSurvivesCopying()
{
    QFETCH(QByteArray, name);
    m_test->put(Place::ThisComputer, name, "content of " + name);

    QVERIFY(m_test->find(Place::ThisComputer, name));
    m_test->press(Qt::Key_F5);
    QVERIFY(m_test->shows(Place::Server, name));
    QCOMPARE(m_test->names(Place::Server), QByteArrayList({name}));
    QCOMPARE(m_test->get(Place::Server, name), "content of " + name);
    remove(Place::ThisComputer, name);

    QVERIFY(m_test->find(Place::Server, name));
    m_test->press(Qt::Key_F5);
    QVERIFY(m_test->shows(Place::ThisComputer, name));
    QCOMPARE(m_test->names(Place::ThisComputer), QByteArrayList({name}));
    QCOMPARE(m_test->get(Place::ThisComputer, name), "content of " + name);
    remove(Place::ThisComputer, name);

    QVERIFY(m_test->find(Place::Server, name));
    m_test->press(Qt::Key_F2);
    QVERIFY(m_test->appears("renameEdit"));
    m_test->press(Qt::Key_A, Qt::ControlModifier);
    m_test->type(u"plain"_s);
    m_test->press(Qt::Key_Return);
    QVERIFY(m_test->shows(Place::Server, "plain"));
    QCOMPARE(m_test->names(Place::Server), QByteArrayList({"plain"}));

    QVERIFY(::rename((m_test->directory(Place::Server) + "/plain").constData(),
                     (m_test->directory(Place::Server) + '/' + name).constData())
            == 0);
    remove(Place::Server, name);
}

QTEST_MAIN(HostileNamesTest)
#include "HostileNamesTest.moc"
