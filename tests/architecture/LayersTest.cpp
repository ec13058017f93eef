// The architecture, checked on the source tree. Each rule is applied to the whole tree, and next to
// it to a small text that breaks it, so that a rule which finds nothing is known to be able to find
// something.

#include "tests/architecture/Rules.h"

#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace architecture;

namespace {

QString violations(const QList<SourceFile> &tree, Rule rule)
{
    QStringList lines;
    for (const SourceFile &file : tree) {
        for (const Finding &finding : rule(file)) {
            lines.append(QStringLiteral("%1:%2: %3")
                             .arg(file.path())
                             .arg(finding.line)
                             .arg(finding.message));
        }
    }
    return lines.join(u'\n');
}

// The lines in which `rule` finds something.
QList<int> linesFound(Rule rule, const char *path, const QString &text)
{
    QList<int> lines;
    for (const Finding &finding : rule(SourceFile(QString::fromLatin1(path), text))) {
        lines.append(finding.line);
    }
    return lines;
}

const QList<int> nothing;

// Of headers of the program. Two definitions are a fault that no compiler sees as long as no source
// includes both ([basic.def.odr] in the C++ standard).
QStringList classesDefinedTwice(const QList<SourceFile> &tree)
{
    static const QRegularExpression space(QStringLiteral("^namespace ([\\w:]+)"));
    static const QRegularExpression definition(
        QStringLiteral("^(?:class|struct|enum class) ([\\w:]+)[^;(]*$"));
    QSet<QString> known;
    QStringList again;
    for (const SourceFile &file : tree) {
        if (!file.isHeader() || file.isIn(QStringLiteral("tests"))) {
            continue;
        }
        QString prefix;
        for (const QString &line : file.code()) {
            if (const auto begin = space.match(line); begin.hasMatch()) {
                prefix = begin.captured(1) + QStringLiteral("::");
            } else if (const auto found = definition.match(line); found.hasMatch()) {
                const QString name = prefix + found.captured(1);
                if (known.contains(name)) {
                    again.append(name);
                }
                known.insert(name);
            }
        }
    }
    return again;
}

} // namespace

class LayersTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();

    void commentsAndLiteralsAreNotCode();
    void includesOfCommentsDoNotCount();

    void includesPointDown();
    void includeOfOtherLayerIsFound_data();
    void includeOfOtherLayerIsFound();

    void onlySshIncludesLibssh();
    void libsshElsewhereIsFound();

    void coreIncludesNoWindows();
    void windowHeaderInCoreIsFound_data();
    void windowHeaderInCoreIsFound();

    void errorTextsIncludeNoWidgets();
    void widgetInErrorTextsIsFound();

    void headlessIncludesNoWindows();
    void windowInHeadlessIsFound();

    void headersHaveNoUsingNamespace();
    void usingNamespaceInHeaderIsFound();

    void nothingBlocks();
    void blockingCallIsFound_data();
    void blockingCallIsFound();

    void filesAreShort();
    void longFileIsFound();

    void classesHaveNamesOfTheirOwn();
    void secondClassOfANameIsFound();

private:
    void verify(Rule rule);

    QList<SourceFile> m_tree;
};

void LayersTest::initTestCase()
{
    m_tree = readTree(QStringLiteral(PONTO_SOURCE_DIR),
                      {QStringLiteral("app"), QStringLiteral("core"), QStringLiteral("tests"),
                       QStringLiteral("ui")});

    const auto isThisFile = [](const SourceFile &file) {
        return file.path() == u"tests/architecture/LayersTest.cpp";
    };
    QVERIFY(std::ranges::any_of(m_tree, isThisFile));
}

void LayersTest::verify(Rule rule)
{
    const QString found = violations(m_tree, rule);
    QVERIFY2(found.isEmpty(), qPrintable(u'\n' + found));
}

void LayersTest::commentsAndLiteralsAreNotCode()
{
    const SourceFile file(QStringLiteral("core/base/a.cpp"),
                          QStringLiteral("a; // sleep(1)\n"
                                         "/* b\n"
                                         "\"c */ d(\"// e\\\"\", '\"', 1'000);\n"
                                         "R\"x(f\n"
                                         ")\" g)x\"; h;\n"));

    QCOMPARE(file.code(),
             QStringList({QStringLiteral("a;  "), QStringLiteral(" "),
                          QStringLiteral(" d(\"\", \"\", 1'000);"), QStringLiteral("\"\""),
                          QStringLiteral("; h;")}));
}

void LayersTest::includesOfCommentsDoNotCount()
{
    const SourceFile file(QStringLiteral("core/base/a.cpp"),
                          QStringLiteral("// #include <QLabel>\n"
                                         "/*\n"
                                         "#include <QDialog>\n"
                                         "*/\n"
                                         "  #  include \"base/Error.h\" // why\n"
                                         "#include <array>\n"));

    const QList<Include> includes = file.includes();

    QCOMPARE(includes.size(), 2);
    QCOMPARE(includes[0].line, 5);
    QCOMPARE(includes[0].name, QStringLiteral("base/Error.h"));
    QVERIFY(includes[0].quoted);
    QCOMPARE(includes[1].name, QStringLiteral("array"));
    QVERIFY(!includes[1].quoted);
}

void LayersTest::includesPointDown()
{
    verify(includesOfOtherLayers);
}

void LayersTest::includeOfOtherLayerIsFound_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("include");
    QTest::addColumn<bool>("found");

    const auto row = [](const char *name, const char *path, const char *include, bool found) {
        QTest::newRow(name) << QString::fromLatin1(path) << QString::fromLatin1(include) << found;
    };
    row("own layer", "core/files/A.h", "files/B.h", false);
    row("one below", "core/files/A.h", "base/Error.h", false);
    row("far below", "app/main.cpp", "base/Error.h", false);
    row("one above", "core/base/A.h", "files/FileMode.h", true);
    row("far above", "core/base/A.h", "app/Application.h", true);
    row("core includes ui", "core/edit/A.cpp", "ui/files/FilePane.h", true);
    row("ui includes app", "ui/main/A.cpp", "app/CommandLine.h", true);
    row("same rank", "core/hostkeys/A.h", "keys/KeyFile.h", true);
    row("feature of the same name", "ui/files/A.h", "files/FileMode.h", false);
    row("not from the root", "core/files/A.h", "FileMode.h", true);
    row("core named", "core/files/A.h", "core/base/Error.h", true);
    row("unknown layer", "core/misc/A.h", "base/Error.h", true);
    row("test", "tests/core/base/A.cpp", "app/Application.h", false);
}

void LayersTest::includeOfOtherLayerIsFound()
{
    QFETCH(QString, path);
    QFETCH(QString, include);
    QFETCH(bool, found);

    const QString text = QStringLiteral("#include \"%1\"\n").arg(include);

    QCOMPARE(linesFound(includesOfOtherLayers, qPrintable(path), text),
             found ? QList<int>{1} : nothing);
}

void LayersTest::onlySshIncludesLibssh()
{
    verify(libsshOutsideItsDirectory);
}

void LayersTest::libsshElsewhereIsFound()
{
    const QString text = QStringLiteral("#pragma once\n#include <libssh/libssh.h>\n");

    QCOMPARE(linesFound(libsshOutsideItsDirectory, "core/sftp/Engine.cpp", text), QList<int>{2});
    QCOMPARE(linesFound(libsshOutsideItsDirectory, "tests/core/ssh/A.cpp", text), QList<int>{2});
    QCOMPARE(linesFound(libsshOutsideItsDirectory, "core/ssh/SessionPump.cpp", text), nothing);
    QCOMPARE(linesFound(libsshOutsideItsDirectory, "tests/support/Server.cpp", text), nothing);
}

void LayersTest::coreIncludesNoWindows()
{
    verify(windowHeadersInCore);
}

void LayersTest::windowHeaderInCoreIsFound_data()
{
    QTest::addColumn<QString>("header");
    QTest::addColumn<bool>("found");

    QTest::newRow("Widgets") << QStringLiteral("QLabel") << true;
    QTest::newRow("Gui") << QStringLiteral("QColor") << true;
    QTest::newRow("lower case") << QStringLiteral("qwidget.h") << true;
    QTest::newRow("with module") << QStringLiteral("QtGui/QClipboard") << true;
    QTest::newRow("whole module") << QStringLiteral("QtWidgets") << true;
    QTest::newRow("terminal widget") << QStringLiteral("qtermwidget6/qtermwidget.h") << true;
    QTest::newRow("Core") << QStringLiteral("QString") << false;
    QTest::newRow("Network") << QStringLiteral("QTcpSocket") << false;
    QTest::newRow("standard library") << QStringLiteral("vector") << false;
}

void LayersTest::windowHeaderInCoreIsFound()
{
    QFETCH(QString, header);
    QFETCH(bool, found);

    const QString text = QStringLiteral("#include <%1>\n").arg(header);

    QCOMPARE(linesFound(windowHeadersInCore, "core/base/A.h", text),
             found ? QList<int>{1} : nothing);
    QCOMPARE(linesFound(windowHeadersInCore, "ui/main/A.h", text), nothing);
}

void LayersTest::errorTextsIncludeNoWidgets()
{
    verify(widgetsInErrorTexts);
}

void LayersTest::widgetInErrorTextsIsFound()
{
    const QString text = QStringLiteral("#include \"ui/errors/ErrorText.h\"\n"
                                        "#include \"ui/theme/Theme.h\"\n"
                                        "#include <QLabel>\n"
                                        "#include <QString>\n");

    QCOMPARE(linesFound(widgetsInErrorTexts, "ui/errors/A.cpp", text), QList<int>({2, 3}));
    QCOMPARE(linesFound(widgetsInErrorTexts, "ui/main/A.cpp", text), nothing);
}

void LayersTest::headlessIncludesNoWindows()
{
    verify(windowsInHeadless);
}

void LayersTest::windowInHeadlessIsFound()
{
    const QString text = QStringLiteral("#include \"ui/errors/ErrorText.h\"\n"
                                        "#include \"ui/main/MainWindow.h\"\n"
                                        "#include <QApplication>\n");

    QCOMPARE(linesFound(windowsInHeadless, "app/headless/A.cpp", text), QList<int>({2, 3}));
    QCOMPARE(linesFound(windowsInHeadless, "app/Application.cpp", text), nothing);
}

void LayersTest::headersHaveNoUsingNamespace()
{
    verify(usingNamespaceInHeader);
}

void LayersTest::usingNamespaceInHeaderIsFound()
{
    const QString text = QStringLiteral("using base::Error;\nusing  namespace std;\n");

    QCOMPARE(linesFound(usingNamespaceInHeader, "core/base/A.h", text), QList<int>{2});
    QCOMPARE(linesFound(usingNamespaceInHeader, "core/base/A.cpp", text), nothing);
}

void LayersTest::nothingBlocks()
{
    verify(blockingCalls);
}

void LayersTest::blockingCallIsFound_data()
{
    QTest::addColumn<QString>("statement");
    QTest::addColumn<bool>("foundInCore");
    QTest::addColumn<bool>("foundInUi");

    const auto row = [](const char *statement, bool foundInCore, bool foundInUi) {
        QTest::newRow(statement) << QString::fromLatin1(statement) << foundInCore << foundInUi;
    };
    row("QCoreApplication::processEvents();", true, true);
    row("QEventLoop loop;", true, true);
    row("QThread::msleep(10);", true, true);
    row("std::this_thread::sleep_for(1s);", true, true);
    row("::usleep(10);", true, true);
    row("socket.waitForConnected();", true, true);
    row("future.waitForFinished();", true, true);
    row("dialog.exec();", false, true);
    row("menu->exec(position);", false, true);
    row("wakeup.sleeper(1);", false, false);
    row("dialog->open();", false, false);
}

void LayersTest::blockingCallIsFound()
{
    QFETCH(QString, statement);
    QFETCH(bool, foundInCore);
    QFETCH(bool, foundInUi);

    QCOMPARE(linesFound(blockingCalls, "core/net/A.cpp", statement),
             foundInCore ? QList<int>{1} : nothing);
    QCOMPARE(linesFound(blockingCalls, "ui/main/A.cpp", statement),
             foundInUi ? QList<int>{1} : nothing);
    QCOMPARE(linesFound(blockingCalls, "tests/core/net/A.cpp", statement), nothing);
}

void LayersTest::filesAreShort()
{
    verify(tooManyLines);
}

void LayersTest::longFileIsFound()
{
    const QString line = QStringLiteral("line\n");

    QCOMPARE(linesFound(tooManyLines, "core/base/A.cpp", line.repeated(500)), nothing);
    QCOMPARE(linesFound(tooManyLines, "core/base/A.cpp", line.repeated(501)), QList<int>{501});
    QCOMPARE(linesFound(tooManyLines, "tests/core/base/A.cpp", line.repeated(501)), nothing);
}

void LayersTest::classesHaveNamesOfTheirOwn()
{
    QCOMPARE(classesDefinedTwice(m_tree).join(u'\n'), QString());
}

void LayersTest::secondClassOfANameIsFound()
{
    const SourceFile one(QStringLiteral("core/files/A.h"),
                         QStringLiteral("namespace files {\nclass Other;\nclass Name\n{\n};\n}\n"));
    const SourceFile same(
        QStringLiteral("core/files/B.h"),
        QStringLiteral("namespace files {\nstruct Name final : Other\n{\n};\n}\n"));
    const SourceFile elsewhere(QStringLiteral("core/sftp/A.h"),
                               QStringLiteral("namespace sftp {\nclass Name\n{\n};\n}\n"));

    QCOMPARE(classesDefinedTwice({one, same}), QStringList{QStringLiteral("files::Name")});
    QCOMPARE(classesDefinedTwice({one, elsewhere}), QStringList());
}

QTEST_APPLESS_MAIN(LayersTest)

#include "LayersTest.moc"
