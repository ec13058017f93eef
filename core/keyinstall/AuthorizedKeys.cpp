#include "keyinstall/AuthorizedKeys.h"

#include "base/WireReader.h"

#include <QList>

namespace keyinstall {
namespace {

// A line is options, type, key, comment. Options may have blanks inside quotes, which makes more
// words of them, none of which is a key of this type.
bool isLineOf(const QByteArray &line, const QByteArray &type, const QByteArray &base64)
{
    const QList<QByteArray> words = line.simplified().split(' ');
    if (words.first().startsWith('#')) {
        return false;
    }
    for (qsizetype i = 0; i + 1 < words.size(); ++i) {
        if (words[i].split(',').contains("cert-authority")) {
            return false;
        }
        if (words[i] == type && words[i + 1] == base64) {
            return true;
        }
    }
    return false;
}

} // namespace

bool holdsKey(QByteArrayView content, QByteArrayView blob)
{
    const QByteArray type
        = base::WireReader(blob).string().value_or(QByteArrayView()).toByteArray();
    const QByteArray base64 = blob.toByteArray().toBase64();
    qsizetype start = 0;
    while (start < content.size()) {
        const qsizetype end = content.indexOf('\n', start);
        const qsizetype next = end < 0 ? content.size() : end;
        if (isLineOf(content.sliced(start, next - start).toByteArray(), type, base64)) {
            return true;
        }
        start = next + 1;
    }
    return false;
}

QByteArray addition(QByteArrayView content, QByteArrayView line)
{
    const bool isOpenEnded = !content.isEmpty() && !content.endsWith('\n');
    return (isOpenEnded ? QByteArray("\n") : QByteArray()) + line.toByteArray() + '\n';
}

} // namespace keyinstall
