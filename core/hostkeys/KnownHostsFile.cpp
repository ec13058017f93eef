#include "hostkeys/KnownHostsFile.h"

#include "hostkeys/LockedFile.h"

#include <QFile>
#include <QFileInfo>

#include <sys/stat.h>

#include <cerrno>
#include <optional>

namespace hostkeys {
namespace {

constexpr mode_t directoryMode = 0700;

// How often a change is tried again because others changed the file in between.
constexpr int attempts = 20;

base::Failure<base::Error> lineChanged(const QString &path)
{
    return base::Failure(
        base::Error{.kind = base::ErrorKind::NotFound,
                    .operation = QStringLiteral("change line"),
                    .subject = path,
                    .detail = QStringLiteral("the line is not the same any more")});
}

base::Failure<base::Error> tooBusy(const QString &path)
{
    return base::Failure(base::Error::fromErrno(EBUSY, QStringLiteral("write"), path));
}

bool hasLine(const QByteArray &content, QByteArrayView line)
{
    const QByteArray whole = line.toByteArray() + '\n';
    return content.startsWith(whole) || content.contains('\n' + whole);
}

// Where line `number` begins; the end of the content for the one behind the last.
std::optional<qsizetype> offsetOf(QByteArrayView content, qsizetype number)
{
    qsizetype offset = 0;
    for (qsizetype line = 1; line < number; ++line) {
        if (offset == content.size()) {
            return std::nullopt;
        }
        const qsizetype feed = content.indexOf('\n', offset);
        offset = feed < 0 ? content.size() : feed + 1;
    }
    return number < 1 ? std::nullopt : std::optional(offset);
}

// The content behind `lines`, or nothing if other lines stand at its beginning.
std::optional<QByteArrayView> behind(QByteArrayView content, const QByteArrayList &lines)
{
    for (const QByteArray &line : lines) {
        const qsizetype feed = content.indexOf('\n');
        const bool isThere
            = !content.isEmpty() && (feed < 0 ? content : content.first(feed)) == line;
        if (!isThere) {
            return std::nullopt;
        }
        content = feed < 0 ? content.sliced(content.size()) : content.sliced(feed + 1);
    }
    return content;
}

// The content after the change; nothing if that cannot be made to it.
std::optional<QByteArray> changed(const QByteArray &content, const LineChange &change)
{
    auto offset = offsetOf(content, change.number);
    if (!offset && change.before.isEmpty()) {
        offset = content.size(); // what is put back into a file that has become shorter
    }
    if (!offset) {
        return std::nullopt;
    }
    const auto rest = behind(QByteArrayView(content).sliced(*offset), change.before);
    if (!rest) {
        return std::nullopt;
    }
    QByteArray result = content.first(*offset);
    if (!result.isEmpty() && !result.endsWith('\n') && !change.after.isEmpty()) {
        result += '\n';
    }
    for (const QByteArray &line : change.after) {
        result += line + '\n';
    }
    const bool lackedFeed = rest->isEmpty() && !change.before.isEmpty() && !content.endsWith('\n');
    if (lackedFeed && !change.after.isEmpty()) {
        result.chop(1);
    }
    return result + rest->toByteArray();
}

// ~/.ssh may be missing on a new account. Only the last directory is made: a longer path that does
// not exist is more likely a slip of the pen.
void createDirectoryOf(const QString &path)
{
    const QByteArray directory = QFile::encodeName(QFileInfo(path).path());
    ::mkdir(directory.constData(), directoryMode); // if this fails, so does open(), and says why
}

} // namespace

KnownHostsFile::KnownHostsFile(QString path)
    : m_path(std::move(path))
{
}

base::Result<QByteArray> KnownHostsFile::read() const
{
    const auto file = LockedFile::openForReading(m_path);
    if (!file && file.error().kind == base::ErrorKind::NotFound) {
        return QByteArray();
    }
    return file ? file->content() : base::Failure(file.error());
}

base::Result<void> KnownHostsFile::append(QByteArrayView line) const
{
    Q_ASSERT(!line.isEmpty() && !line.contains('\n'));

    createDirectoryOf(m_path);
    // The round after a write is the proof: the line is found, whole, under the name of the file.
    // It is not if OpenSSH has just renamed another file into place, or was in the middle of a
    // line.
    for (int i = 0; i < attempts; ++i) {
        const auto file = LockedFile::openForAppending(m_path);
        if (!file) {
            return base::Failure(file.error());
        }
        const auto content = file->content();
        if (!content) {
            return base::Failure(content.error());
        }
        if (hasLine(*content, line)) {
            return {};
        }
        const bool lacksFeed = !content->isEmpty() && !content->endsWith('\n');
        const QByteArray bytes = (lacksFeed ? "\n" : "") + line.toByteArray() + '\n';
        if (const auto appended = file->append(bytes); !appended) {
            return appended;
        }
    }
    return tooBusy(m_path);
}

base::Result<void> KnownHostsFile::apply(const LineChange &change) const
{
    for (int i = 0; i < attempts; ++i) {
        const auto file = LockedFile::openForReplacing(m_path);
        if (!file) {
            return base::Failure(file.error());
        }
        const auto content = file->content();
        if (!content) {
            return base::Failure(content.error());
        }
        const auto after = changed(*content, change);
        if (!after) {
            return lineChanged(m_path);
        }
        const auto replaced = file->replaceContent(*content, *after);
        if (!replaced) {
            return base::Failure(replaced.error());
        }
        if (*replaced) {
            return {};
        }
    }
    return tooBusy(m_path);
}

} // namespace hostkeys
