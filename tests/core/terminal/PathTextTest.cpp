#include "terminal/PathText.h"

#include <QTest>

class PathTextTest : public QObject
{
    Q_OBJECT

private slots:
    void findsPaths_data();
    void findsPaths();
    void nothingBesideThem();
};

// The character that is pointed to stands after "^".
void PathTextTest::findsPaths_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QByteArray>("path");
    const auto row = [](const char *line, const char *path) {
        QTest::newRow(line) << QString::fromUtf8(line) << QByteArray(path);
    };

    row("see /usr/sh^are, or", "/usr/share");
    row("^/", "/");
    row("in /usr/shar^e.", "/usr/share");
    row("in /usr/share^.", "");
    row("/usr/share/^..", "/usr/share/..");
    row("/srv/src/ma^in.cpp:12:3: error", "/srv/src/main.cpp");
    row("/srv/src/main.cpp:1^2:3: error", "");
    row("src/ma^in.cpp:12: warning", "/home/me/src/main.cpp");
    row("./ru^n.sh", "/home/me/./run.sh");
    row("../ot^her", "/home/me/../other");
    row("wor^d", "");
    row("'/srv/www^'", "");
    row("'/srv/w^ww'", "/srv/www");
    row("prefix=/us^r", "/usr");
    row("https://example.org/pa^th", "");
    row("~/fi^le", "");
    row("-I/usr/inc^lude", "");
    row("/srv/f\xc3\xbc^r", "/srv/f\xc3\xbcr");
    row("a ^ b", "");
}

void PathTextTest::findsPaths()
{
    QFETCH(QString, line);
    const qsizetype index = line.indexOf(u'^');
    line.remove(index, 1);

    QTEST(terminal::pathAt(line, index, "/home/me"), "path");
}

void PathTextTest::nothingBesideThem()
{
    const QString line = QStringLiteral("src/main.cpp");

    QCOMPARE(terminal::pathAt(line, 3, {}), QByteArray()); // nobody knows the directory
    QCOMPARE(terminal::pathAt(line, 3, "/"), QByteArray("/src/main.cpp"));
    QCOMPARE(terminal::pathAt(line, -1, "/"), QByteArray());
    QCOMPARE(terminal::pathAt(line, line.size(), "/"), QByteArray());
    QCOMPARE(terminal::pathAt(u'/' + QString(5000, u'x'), 3, {}), QByteArray());
}

QTEST_GUILESS_MAIN(PathTextTest)

#include "PathTextTest.moc"
