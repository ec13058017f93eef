#include "transfer/FileNames.h"

#include "files/FilePath.h"

#include <QByteArrayList>
#include <QCryptographicHash>
#include <QRegularExpression>

#include <algorithm>

namespace transfer {
namespace {

constexpr qsizetype hashDigits = 32; // 128 bits

QByteArray hiddenName(const QByteArray &name, const QByteArray &suffix)
{
    if (1 + name.size() + suffix.size() <= files::longestName) {
        return '.' + name + suffix;
    }
    const QByteArray hash = QCryptographicHash::hash(name, QCryptographicHash::Sha256).toHex();
    return '.' + hash.first(hashDigits) + suffix;
}

} // namespace

QByteArray partName(const QByteArray &name, int variant)
{
    const QByteArray number = variant > 1 ? '-' + QByteArray::number(variant) : QByteArray();
    return hiddenName(name, ".ponto-part" + number);
}

QByteArray partName(const QByteArray &name, const QByteArray &token)
{
    return hiddenName(name, partEnding(token));
}

QByteArray partEnding(const QByteArray &token)
{
    return ".ponto-part-" + token;
}

bool isUnfinishedName(const QByteArray &name)
{
    static const QRegularExpression pattern(
        QStringLiteral("\\A\\..*\\.ponto-(part(-[0-9A-Za-z]+)?|[0-9a-f]{16}\\.part)\\z"),
        QRegularExpression::DotMatchesEverythingOption);
    // Most names are others. A byte is a character here: names need not be text.
    return name.startsWith('.') && name.contains(".ponto-")
        && pattern.match(QString::fromLatin1(name)).hasMatch();
}

QByteArray numberedName(const QByteArray &name, int number)
{
    const qsizetype dot = name.lastIndexOf('.');
    const bool hasStem = QByteArrayView(name).first(std::max<qsizetype>(dot, 0)).count('.') < dot;
    const qsizetype stemSize = hasStem ? dot : name.size();
    const QByteArray ending = " (" + QByteArray::number(number) + ')' + name.sliced(stemSize);
    return files::cutName(name, qMin(stemSize, files::longestName - ending.size())) + ending;
}

bool isContainedLink(const QByteArray &target, qsizetype depth)
{
    if (target.isEmpty() || target.startsWith('/') || target.contains('\0')) {
        return false;
    }
    const qsizetype outermost = depth > 0 ? 1 : 0;
    bool isBelowName = false;
    for (const QByteArray &part : target.split('/')) {
        if (part == "..") {
            --depth;
            if (isBelowName || depth < outermost) {
                return false;
            }
        } else if (!part.isEmpty() && part != ".") {
            isBelowName = true;
        }
    }
    return true;
}

} // namespace transfer
