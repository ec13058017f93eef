#include "archive/LogExcerpt.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using archive::LogExcerpt;
using namespace Qt::StringLiterals;

class LogExcerptTest : public QObject
{
    Q_OBJECT

private slots:
    void shortFileIsWhole();
    void longFileIsCutAroundTheLine();
    void hostileTextIsSafe();
    void missingFileIsTold();

private:
    QString write(const QByteArray &content);

    QTemporaryDir m_directory;
};

QString LogExcerptTest::write(const QByteArray &content)
{
    QFile file(m_directory.filePath(u"a.log"_s));
    return file.open(QIODevice::WriteOnly) && file.write(content) == content.size()
        ? file.fileName()
        : QString();
}

void LogExcerptTest::shortFileIsWhole()
{
    const auto excerpt = LogExcerpt::read(write("one\ntwo\nrest"), 2);

    QVERIFY(excerpt);
    QCOMPARE(excerpt->text, u"one\ntwo\nrest"_s);
    QCOMPARE(excerpt->firstLine, 1);
    QVERIFY(excerpt->isWhole);
}

void LogExcerptTest::longFileIsCutAroundTheLine()
{
    constexpr int all = 20'000;
    constexpr int wanted = 10'000;
    QByteArray content;
    for (int number = 1; number <= all; ++number) {
        content += "line " + QByteArray::number(number) + '\n';
    }

    const auto excerpt = LogExcerpt::read(write(content), wanted);

    QVERIFY(excerpt);
    const QStringList lines = excerpt->text.split(u'\n');
    QVERIFY(!excerpt->isWhole);
    QCOMPARE(lines.size(), LogExcerpt::linesBefore + LogExcerpt::linesAfter);
    QCOMPARE(lines.at(wanted - excerpt->firstLine), u"line 10000"_s);
    QCOMPARE(lines.last(), u"line %1"_s.arg(wanted + LogExcerpt::linesAfter));
}

void LogExcerptTest::hostileTextIsSafe()
{
    const auto excerpt = LogExcerpt::read(write("a\tb \x1b[31m \xe2\x80\xae x\n"), 1);

    QVERIFY(excerpt);
    QCOMPARE(excerpt->text, u"a       b \\x1B[31m \\u{202E} x"_s);
}

void LogExcerptTest::missingFileIsTold()
{
    const auto excerpt = LogExcerpt::read(m_directory.filePath(u"gone"_s), 1);

    QVERIFY(!excerpt);
    QCOMPARE(excerpt.error().kind, base::ErrorKind::NotFound);
}

QTEST_GUILESS_MAIN(LogExcerptTest)

#include "LogExcerptTest.moc"
