#include "terminal/ColorSchemes.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QSaveFile>

#include <algorithm>
#include <cerrno>
#include <utility>

namespace terminal {
namespace {

const auto suffix = QStringLiteral(".colorscheme");
constexpr qsizetype mostIdCharacters = 40;

// The id becomes a file name.
bool isId(const QString &id)
{
    static const QRegularExpression form(QStringLiteral("^[A-Za-z0-9_-]{1,60}$"));
    return form.match(id).hasMatch();
}

} // namespace

QString ColorSchemes::fileOf(const QString &id) const
{
    return m_directory + u'/' + id + suffix;
}

QStringList ColorSchemes::ids() const
{
    QStringList found;
    const QStringList files
        = QDir(m_directory).entryList({u'*' + suffix}, QDir::Files | QDir::Readable);
    for (const QString &file : files) {
        const QString id = file.chopped(suffix.size());
        if (isId(id)) {
            found.append(id);
        }
    }
    std::ranges::sort(
        found, {}, [this](const QString &id) { return std::pair(nameOf(id).toCaseFolded(), id); });
    return found;
}

QString ColorSchemes::nameOf(const QString &id) const
{
    QFile file(pathOf(id));
    if (!file.open(QIODevice::ReadOnly)) {
        return id;
    }
    const auto scheme = ColorScheme::fromKonsole(file.read(ColorScheme::mostBytes));
    return scheme && !scheme->name.isEmpty() ? scheme->name : id;
}

QString ColorSchemes::pathOf(const QString &id) const
{
    return isId(id) && QFile::exists(fileOf(id)) ? fileOf(id) : QString();
}

base::Result<QString> ColorSchemes::add(const ColorScheme &scheme, const QString &name) const
{
    static const QRegularExpression unusual(QStringLiteral("[^A-Za-z0-9_-]+"));
    QString base = name.left(mostIdCharacters);
    base.replace(unusual, QStringLiteral("-"));
    if (base.isEmpty()) {
        base = QStringLiteral("scheme");
    }
    QString id = base;
    for (int number = 2; QFile::exists(fileOf(id)); ++number) {
        id = base + u'-' + QString::number(number);
    }
    if (!QDir().mkpath(m_directory)) {
        return base::Failure(base::Error::fromErrno(errno, QStringLiteral("mkdir"), m_directory));
    }
    ColorScheme kept = scheme;
    if (kept.name.isEmpty()) {
        kept.name = id;
    }
    QSaveFile file(fileOf(id));
    if (!file.open(QIODevice::WriteOnly) || file.write(kept.toKonsole()) < 0 || !file.commit()) {
        return base::Failure(base::Error::fromErrno(errno, QStringLiteral("write"), fileOf(id)));
    }
    return id;
}

base::Result<void> ColorSchemes::remove(const QString &id) const
{
    if (!isId(id) || !QFile::remove(fileOf(id))) {
        return base::Failure(base::Error::fromErrno(errno, QStringLiteral("remove"), fileOf(id)));
    }
    return {};
}

} // namespace terminal
