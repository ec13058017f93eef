#include "profiles/OpenSshConfigScan.h"

#include "base/DisplayText.h"
#include "profiles/OpenSshConfigLine.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSet>

#include <glob.h>

#include <algorithm>
#include <functional>
#include <optional>
#include <utility>

namespace profiles {
namespace {

// READCONF_MAX_DEPTH of readconf.c. The other limits are ours: nobody has that much, and whoever
// writes it into a file wants to keep us busy.
constexpr int deepestInclude = 16;
constexpr int mostFiles = 1000;
constexpr qint64 largestFileBytes = qint64{4} * 1024 * 1024;
constexpr qsizetype mostAliases = 10000;
constexpr qsizetype longestAlias = 255;

bool isMatchAll(const OpenSshConfigLine &line)
{
    return line.arguments.size() == 1 && line.arguments.first().toLower() == "all";
}

// Calls `visit` for each line that says something, in the order in which OpenSSH reads them, and
// says whether it counts: with a name, lines in Host blocks that do not match it do not, nor do
// those in Match blocks, nor what is included there.
class ConfigWalk
{
public:
    using Visit = std::function<void(const OpenSshConfigLine &line, bool counts)>;

    ConfigWalk(const OpenSshPlace &place, std::optional<QByteArray> name, Visit visit)
        : m_place(place)
        , m_name(std::move(name))
        , m_visit(std::move(visit))
    {
    }

    void run() { readFile(m_place.file, 0, true); }

    QStringList sources; // files, and the directories in which they are looked for
    QStringList unreadable;

private:
    void readFile(const QString &path, int depth, bool counts);
    void readLines(const QByteArray &content, int depth, bool counts);
    bool matches(const OpenSshConfigLine &block) const;
    QStringList filesOf(const QByteArray &pattern);

    const OpenSshPlace m_place;
    const std::optional<QByteArray> m_name;
    Visit m_visit;
    QStringList m_open; // of files that are being read, from the outermost
    int m_files = 0;
};

void ConfigWalk::readFile(const QString &path, int depth, bool counts)
{
    const QFileInfo info(path);
    sources.append({path, info.path()});
    const QString canonical = info.canonicalFilePath();
    if (canonical.isEmpty() || m_open.contains(canonical) || ++m_files > mostFiles) {
        return;
    }
    QFile file(path);
    if (!info.isFile() || info.size() > largestFileBytes // nor a pipe, which would block
        || !file.open(QIODevice::ReadOnly)) {
        unreadable.append(path);
        return;
    }
    m_open.append(canonical);
    readLines(file.read(largestFileBytes), depth, counts);
    m_open.removeLast();
}

void ConfigWalk::readLines(const QByteArray &content, int depth, bool counts)
{
    bool isActive = counts;
    for (const QByteArray &line : content.split('\n')) {
        const auto parsed = OpenSshConfigLine::parse(line);
        if (!parsed) {
            continue;
        }
        if (parsed->keyword == "host" || parsed->keyword == "match") {
            isActive = counts && matches(*parsed);
        }
        m_visit(*parsed, isActive);
        if (parsed->keyword == "include" && depth < deepestInclude) {
            for (const QByteArray &pattern : parsed->arguments) {
                for (const QString &file : filesOf(pattern)) {
                    readFile(file, depth + 1, isActive);
                }
            }
        }
    }
}

bool ConfigWalk::matches(const OpenSshConfigLine &block) const
{
    if (!m_name) {
        return true;
    }
    return block.keyword == "host" ? matchesHostPatterns(block.arguments, *m_name)
                                   : isMatchAll(block);
}

// Relative patterns are those in ~/.ssh (ssh_config(5), Include).
QStringList ConfigWalk::filesOf(const QByteArray &pattern)
{
    const QByteArray home = QFile::encodeName(m_place.home);
    QByteArray path = pattern;
    if (path == "~" || path.startsWith("~/")) {
        path = home + path.sliced(1);
    } else if (!path.startsWith('/') && !path.startsWith('~')) {
        path = home + "/.ssh/" + path;
    }
    sources.append(QFileInfo(QFile::decodeName(path)).path()); // where new files may appear
    glob_t found{};
    QStringList files;
    if (glob(path.constData(), GLOB_TILDE, nullptr, &found) == 0) {
        for (std::size_t index = 0; index < found.gl_pathc; ++index) {
            files.append(QFile::decodeName(found.gl_pathv[index]));
        }
    }
    globfree(&found);
    return files;
}

bool isPattern(const QByteArray &name)
{
    return name.startsWith('!') || name.contains('*') || name.contains('?');
}

} // namespace

OpenSshPlace OpenSshPlace::ofUser()
{
    const QString home = QDir::homePath();
    return {home + QStringLiteral("/.ssh/config"), home};
}

OpenSshConfigScan OpenSshConfigScan::read(const OpenSshPlace &place)
{
    OpenSshConfigScan scan;
    QSet<QString> known;
    ConfigWalk walk(place, std::nullopt, [&](const OpenSshConfigLine &line, bool) {
        if (line.keyword != "host") {
            return;
        }
        for (const QByteArray &name : line.arguments) {
            const QString alias = QString::fromUtf8(name);
            if (!isPattern(name) && isAcceptableAlias(alias) && !known.contains(alias)
                && known.size() < mostAliases) {
                known.insert(alias);
                scan.aliases.append(alias);
            }
        }
    });
    walk.run();
    scan.sources = std::move(walk.sources);
    scan.sources.removeDuplicates();
    scan.unreadable = std::move(walk.unreadable);
    return scan;
}

OpenSshOptions plainOpenSshOptions(const OpenSshPlace &place, const OpenSshJump &host)
{
    // The first of a keyword counts, so what comes with the name stands in front.
    QList<OpenSshOptions::Line> lines;
    if (!host.user.isEmpty()) {
        lines.append({QStringLiteral("user"), host.user});
    }
    if (host.port != 0) {
        lines.append({QStringLiteral("port"), QString::number(host.port)});
    }
    if (!host.before.isEmpty()) {
        lines.append({QStringLiteral("proxyjump"), host.before});
    }
    ConfigWalk walk(place, host.alias.toUtf8(), [&](const OpenSshConfigLine &line, bool counts) {
        if (!counts || line.keyword == "host" || line.keyword == "match"
            || line.keyword == "include") {
            return;
        }
        const QString keyword = QString::fromLatin1(line.keyword);
        if (line.keyword == "setenv" || line.keyword == "sendenv") { // one a line, as ssh -G has it
            for (const QByteArray &argument : line.arguments) {
                lines.append({keyword, QString::fromUtf8(argument)});
            }
        } else {
            lines.append({keyword, QString::fromUtf8(line.arguments.join(' '))});
        }
    });
    walk.run();
    return OpenSshOptions::ofPlainBlocks(host.alias, lines);
}

bool isAcceptableAlias(QStringView alias)
{
    const auto isForbidden = [](char32_t c) {
        return QStringView(u"'`\"$\\;&<>|(){}@*?!#,").contains(QChar(c <= 0xFFFF ? c : 0xFFFD))
            || QChar::isSpace(c) || base::isInvisible(c);
    };
    return !alias.isEmpty() && alias.size() <= longestAlias && !alias.startsWith(u'-')
        && !alias.contains(u"://") && !alias.contains(QChar(QChar::ReplacementCharacter))
        && std::ranges::none_of(alias.toUcs4(), isForbidden);
}

} // namespace profiles
