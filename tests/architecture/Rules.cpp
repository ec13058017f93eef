#include "tests/architecture/Rules.h"

#include <QFileInfo>
#include <QHash>
#include <QLibraryInfo>
#include <QRegularExpression>

#include <array>
#include <optional>

namespace architecture {
namespace {

constexpr qsizetype maximumLines = 500;

// Each inner list is one rank, the lowest first.
const QList<QStringList> &ranks()
{
    static const QList<QStringList> ranks{
        {QStringLiteral("base")},
        {QStringLiteral("log"), QStringLiteral("settings"), QStringLiteral("storage"),
         QStringLiteral("hostkeys"), QStringLiteral("keys"), QStringLiteral("vault"),
         QStringLiteral("files"), QStringLiteral("terminal")},
        {QStringLiteral("profiles"), QStringLiteral("net"), QStringLiteral("archive")},
        {QStringLiteral("ssh")},
        {QStringLiteral("sftp"), QStringLiteral("forward"), QStringLiteral("commands")},
        {QStringLiteral("transfer"), QStringLiteral("keyinstall")},
        {QStringLiteral("synchronize"), QStringLiteral("edit")},
        {QStringLiteral("ui")},
        {QStringLiteral("app")},
    };
    return ranks;
}

std::optional<qsizetype> rankOf(const QString &layer)
{
    for (qsizetype rank = 0; rank < ranks().size(); ++rank) {
        if (ranks()[rank].contains(layer)) {
            return rank;
        }
    }
    return std::nullopt;
}

// "files" of "core/files/FileMode.h", "ui" of "ui/files/PathBar.h".
QString layerOf(const SourceFile &file)
{
    return file.path().section(u'/', 0, 0) == u"core" ? file.path().section(u'/', 1, 1)
                                                      : file.path().section(u'/', 0, 0);
}

bool isProduct(const SourceFile &file)
{
    return file.isIn(QStringLiteral("core")) || file.isIn(QStringLiteral("ui"))
        || file.isIn(QStringLiteral("app"));
}

// True for <QLabel>, <qlabel.h>, <QtWidgets/QLabel> and <QtWidgets> if `module` is QtWidgets. Qt's
// own directory of headers knows.
bool isHeaderOf(const QString &module, const Include &include)
{
    if (include.quoted) {
        return false;
    }
    const QString headers = QLibraryInfo::path(QLibraryInfo::HeadersPath);
    return include.name.startsWith(module + u'/')
        || QFileInfo::exists(headers + u'/' + module + u'/' + include.name);
}

bool isHeaderOfWidgets(const Include &include)
{
    return isHeaderOf(QStringLiteral("QtWidgets"), include)
        || include.name.startsWith(QStringLiteral("qtermwidget"));
}

bool isOfUiBeyondErrors(const Include &include)
{
    return include.name.startsWith(QStringLiteral("ui/"))
        && !include.name.startsWith(QStringLiteral("ui/errors/"));
}

// The includes of `file` that `isForbidden` holds for.
template<typename Predicate>
QList<Finding> forbiddenIncludes(const SourceFile &file, Predicate isForbidden, const QString &why)
{
    QList<Finding> findings;
    for (const Include &include : file.includes()) {
        if (isForbidden(include)) {
            findings.append({include.line, QStringLiteral("%1: %2").arg(include.name, why)});
        }
    }
    return findings;
}

QList<Finding> matches(const SourceFile &file, const QRegularExpression &expression,
                       const QString &why)
{
    QList<Finding> findings;
    const QStringList code = file.code();
    for (int index = 0; index < code.size(); ++index) {
        const QRegularExpressionMatch match = expression.match(code[index]);
        if (match.hasMatch()) {
            findings.append(
                {index + 1, QStringLiteral("%1: %2").arg(match.captured().trimmed(), why)});
        }
    }
    return findings;
}

} // namespace

QList<Finding> includesOfOtherLayers(const SourceFile &file)
{
    if (!isProduct(file)) {
        return {};
    }
    const QString layer = layerOf(file);
    const std::optional<qsizetype> rank = rankOf(layer);
    if (!rank) {
        return {{1, QStringLiteral("core/%1 has no place in the order of layers").arg(layer)}};
    }

    QList<Finding> findings;
    for (const Include &include : file.includes()) {
        const bool isGenerated = include.name.endsWith(QStringLiteral(".moc"));
        if (!include.quoted || isGenerated) {
            continue;
        }
        const QString target = include.name.section(u'/', 0, 0);
        const std::optional<qsizetype> targetRank = rankOf(target);
        if (!targetRank) {
            findings.append(
                {include.line, QStringLiteral("%1 does not begin with a layer").arg(include.name)});
        } else if (target != layer && *targetRank >= *rank) {
            findings.append(
                {include.line, QStringLiteral("%1 is not below %2").arg(include.name, layer)});
        }
    }
    return findings;
}

QList<Finding> libsshOutsideItsDirectory(const SourceFile &file)
{
    if (file.isIn(QStringLiteral("core/ssh")) || file.isIn(QStringLiteral("tests/support"))) {
        return {};
    }
    return forbiddenIncludes(
        file,
        [](const Include &include) { return include.name.startsWith(QStringLiteral("libssh/")); },
        QStringLiteral("only core/ssh talks to libssh"));
}

QList<Finding> windowHeadersInCore(const SourceFile &file)
{
    if (!file.isIn(QStringLiteral("core"))) {
        return {};
    }
    return forbiddenIncludes(
        file,
        [](const Include &include) {
            return isHeaderOf(QStringLiteral("QtGui"), include) || isHeaderOfWidgets(include);
        },
        QStringLiteral("core works without a window"));
}

QList<Finding> widgetsInErrorTexts(const SourceFile &file)
{
    if (!file.isIn(QStringLiteral("ui/errors"))) {
        return {};
    }
    return forbiddenIncludes(
        file,
        [](const Include &include) {
            return isHeaderOfWidgets(include) || isOfUiBeyondErrors(include);
        },
        QStringLiteral("the verbs use ui/errors without a window"));
}

QList<Finding> windowsInHeadless(const SourceFile &file)
{
    if (!file.isIn(QStringLiteral("app/headless"))) {
        return {};
    }
    return forbiddenIncludes(
        file,
        [](const Include &include) {
            return isHeaderOfWidgets(include) || isOfUiBeyondErrors(include);
        },
        QStringLiteral("the verbs work without a window"));
}

QList<Finding> usingNamespaceInHeader(const SourceFile &file)
{
    static const QRegularExpression expression(QStringLiteral(R"(\busing\s+namespace\b)"));
    if (!file.isHeader()) {
        return {};
    }
    return matches(file, expression, QStringLiteral("every file that includes this inherits it"));
}

QList<Finding> blockingCalls(const SourceFile &file)
{
    static const QRegularExpression always(QStringLiteral(
        R"(\bprocessEvents\s*\(|\bQEventLoop\b|\bwaitFor[A-Z]\w*\s*\(|\bQThread::[mu]?sleep\b)"
        R"(|\bthis_thread::sleep_|\b(u|nano)?sleep\s*\()"));
    // In core it is QSqlQuery that has an exec().
    // A drag, told by its actions, has no other way to run; Qt keeps the window alive meanwhile.
    static const QRegularExpression onDialogs(
        QStringLiteral(R"((\.|->)exec\s*\((?!Qt::\w+Action))"));

    QList<Finding> findings;
    const bool inUi = file.isIn(QStringLiteral("ui"));
    if (inUi || file.isIn(QStringLiteral("core"))) {
        findings += matches(file, always, QStringLiteral("wait for a signal instead"));
    }
    if (inUi) {
        findings += matches(file, onDialogs, QStringLiteral("open() it and connect to its signal"));
    }
    return findings;
}

QList<Finding> tooManyLines(const SourceFile &file)
{
    const qsizetype lines = file.code().size();
    if (!isProduct(file) || lines <= maximumLines) {
        return {};
    }
    return {{int(maximumLines) + 1,
             QStringLiteral("%1 lines: find the second subject's name").arg(lines)}};
}

} // namespace architecture
