#include "hostkeys/KnownHostsFile.h"

#include "hostkeys/LockedFile.h"

#include <QFile>
#include <QFileInfo>

#include <sys/stat.h>

#include <cerrno>

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

// A pair of offsets in the content: from the first byte of a line up to behind its line feed.
struct Span
{
    qsizetype begin = 0;
    qsizetype end = 0;
};

std::optional<Span> lineSpan(QByteArrayView content, qsizetype number)
{
    Span span;
    for (qsizetype line = 1; span.begin < content.size(); ++line) {
        const qsizetype feed = content.indexOf('\n', span.begin);
        span.end = feed < 0 ? content.size() : feed + 1;
        if (line == number) {
            return span;
        }
        span.begin = span.end;
    }
    return std::nullopt;
}

// The content with one line changed or, without a replacement, taken out. Nothing if that line is
// not `expected`.
std::optional<QByteArray> edited(const QByteArray &content, qsizetype number,
                                 QByteArrayView expected,
                                 const std::optional<QByteArray> &replacement)
{
    const auto span = lineSpan(content, number);
    if (!span) {
        return std::nullopt;
    }
    const QByteArrayView line
        = QByteArrayView(content).sliced(span->begin, span->end - span->begin);
    const bool hasFeed = line.endsWith('\n');
    if (line.chopped(hasFeed ? 1 : 0) != expected) {
        return std::nullopt;
    }
    QByteArray middle;
    if (replacement) {
        middle = *replacement + (hasFeed ? "\n" : "");
    }
    return content.first(span->begin) + middle + content.sliced(span->end);
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

base::Result<void> KnownHostsFile::replaceLine(qsizetype number, QByteArrayView expected,
                                               QByteArrayView replacement) const
{
    Q_ASSERT(!replacement.contains('\n'));
    return edit(number, expected, replacement.toByteArray());
}

base::Result<void> KnownHostsFile::removeLine(qsizetype number, QByteArrayView expected) const
{
    return edit(number, expected, std::nullopt);
}

base::Result<void> KnownHostsFile::edit(qsizetype number, QByteArrayView expected,
                                        const std::optional<QByteArray> &replacement) const
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
        const auto changed = edited(*content, number, expected, replacement);
        if (!changed) {
            return lineChanged(m_path);
        }
        const auto replaced = file->replaceContent(*content, *changed);
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
