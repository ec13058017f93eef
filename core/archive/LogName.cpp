#include "archive/LogName.h"

#include <QRegularExpression>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace archive {
namespace {

constexpr qsizetype longestPart = 100; // characters; names of files have at most 255 bytes

QString safe(const QString &value)
{
    static const QRegularExpression unusual(u"[^\\p{L}\\p{N}._@-]+"_s,
                                            QRegularExpression::UseUnicodePropertiesOption);
    QString result = value.left(longestPart);
    result.replace(unusual, u"-"_s);
    while (result.startsWith(u'.') || result.startsWith(u'-')) {
        result.remove(0, 1);
    }
    return result.isEmpty() ? u"terminal"_s : result;
}

} // namespace

const QString LogName::usualTemplate = u"%s/%d-%t"_s;

QString LogName::valueOf(QChar letter) const
{
    switch (letter.unicode()) {
    case u's':
        return safe(session);
    case u'h':
        return safe(host);
    case u'u':
        return safe(user);
    case u'd':
        return when.toString(u"yyyy-MM-dd"_s);
    case u't':
        return when.toString(u"HHmmss"_s);
    default:
        return u'%' + QString(letter);
    }
}

QString LogName::filled(const QString &nameTemplate) const
{
    QString text;
    for (qsizetype place = 0; place < nameTemplate.size(); ++place) {
        const bool isMark = nameTemplate.at(place) == u'%' && place + 1 < nameTemplate.size();
        text += isMark ? valueOf(nameTemplate.at(++place)) : QString(nameTemplate.at(place));
    }
    return text;
}

QString LogName::pathFor(const QString &nameTemplate) const
{
    QStringList parts;
    for (const QString &part : filled(nameTemplate).split(u'/', Qt::SkipEmptyParts)) {
        const QString name = part.left(longestPart).trimmed();
        if (!name.isEmpty() && name != "."_L1 && name != ".."_L1) {
            parts.append(name);
        }
    }
    return parts.isEmpty() ? pathFor(usualTemplate) : parts.join(u'/');
}

} // namespace archive
