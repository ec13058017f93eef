#include "tests/architecture/SourceFile.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>

namespace architecture {
namespace {

// Comments, raw strings, strings and characters, whichever begins first. A ' between digits
// separates them.
const QRegularExpression &commentOrLiteral()
{
    static const QRegularExpression expression(
        QStringLiteral(R"re(//[^\n]*|/\*.*?\*/)re"
                       R"re(|R"([^\s()\\]*)\(.*?\)\1")re"
                       R"re(|"(?:\\.|[^"\\\n])*"|(?<![0-9a-fA-F])'(?:\\.|[^'\\\n])+')re"),
        QRegularExpression::DotMatchesEverythingOption);
    return expression;
}

QString withoutCommentsAndLiterals(const QString &text)
{
    QString code;
    qsizetype copied = 0;
    for (const QRegularExpressionMatch &match : commentOrLiteral().globalMatch(text)) {
        const QStringView token = match.capturedView();
        code += QStringView(text).sliced(copied, match.capturedStart() - copied);
        code += token.startsWith(u'/') ? u" " : u"\"\"";
        code += QString(token.count(u'\n'), u'\n'); // later lines keep their numbers
        copied = match.capturedEnd();
    }
    code += QStringView(text).sliced(copied);
    return code;
}

} // namespace

SourceFile::SourceFile(QString path, const QString &text)
    : m_path(std::move(path))
    , m_code(withoutCommentsAndLiterals(text).split(u'\n'))
{
    static const QRegularExpression directive(QStringLiteral(R"(^\s*#\s*include\b)"));
    static const QRegularExpression target(QStringLiteral(R"re(["<]([^">]+)[">])re"));

    if (m_code.last().isEmpty()) {
        m_code.removeLast(); // what follows the final newline is not a line
    }
    const QStringList lines = text.split(u'\n');
    for (int index = 0; index < m_code.size(); ++index) {
        if (!directive.match(m_code[index]).hasMatch()) {
            continue; // the text alone cannot tell: an include may stand in a comment
        }
        const QRegularExpressionMatch match = target.match(lines[index]);
        m_includes.append({index + 1, match.captured(1), match.captured().startsWith(u'"')});
    }
}

QList<SourceFile> readTree(const QString &root, const QStringList &directories)
{
    const QDir rootDirectory(root);
    QStringList paths;
    for (const QString &directory : directories) {
        QDirIterator files(rootDirectory.filePath(directory),
                           {QStringLiteral("*.h"), QStringLiteral("*.cpp")}, QDir::Files,
                           QDirIterator::Subdirectories);
        while (files.hasNext()) {
            paths.append(rootDirectory.relativeFilePath(files.next()));
        }
    }
    paths.sort();

    QList<SourceFile> tree;
    for (const QString &path : std::as_const(paths)) {
        QFile file(rootDirectory.filePath(path));
        if (!file.open(QIODevice::ReadOnly)) {
            qFatal("cannot read %s", qPrintable(file.fileName()));
        }
        tree.append(SourceFile(path, QString::fromUtf8(file.readAll())));
    }
    return tree;
}

} // namespace architecture
