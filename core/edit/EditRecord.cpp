#include "edit/EditRecord.h"

#include <QCryptographicHash>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace edit {
namespace {

constexpr qsizetype idDigits = 32; // 128 bits

} // namespace

QByteArray EditOrigin::id() const
{
    const QByteArray text = place.toUtf8() + '\0' + path.bytes();
    return QCryptographicHash::hash(text, QCryptographicHash::Sha256).toHex().first(idDigits);
}

QByteArray EditRecord::toJson() const
{
    const QJsonObject object{
        {u"place"_s, origin.place},
        {u"label"_s, origin.label},
        {u"path"_s, QString::fromLatin1(origin.path.bytes().toPercentEncoding("/"))},
        {u"isThere"_s, isThere},
        {u"size"_s, QString::number(size)},
        {u"modificationTime"_s, QString::number(modificationTime)},
        {u"sha256"_s, QString::fromLatin1(sha256.toHex())},
        {u"fetched"_s, fetched.toString(Qt::ISODateWithMs)},
        {u"program"_s, program},
    };
    return QJsonDocument(object).toJson();
}

std::optional<EditRecord> EditRecord::fromJson(const QByteArray &json)
{
    const QJsonObject object = QJsonDocument::fromJson(json).object();
    EditRecord record;
    record.origin.place = object[u"place"_s].toString();
    record.origin.label = object[u"label"_s].toString();
    record.origin.path
        = files::FilePath(QByteArray::fromPercentEncoding(object[u"path"_s].toString().toLatin1()));
    record.isThere = object[u"isThere"_s].toBool(true);
    record.size = object[u"size"_s].toString().toULongLong();
    record.modificationTime = object[u"modificationTime"_s].toString().toLongLong();
    record.sha256 = QByteArray::fromHex(object[u"sha256"_s].toString().toLatin1());
    record.fetched = QDateTime::fromString(object[u"fetched"_s].toString(), Qt::ISODateWithMs);
    record.program = object[u"program"_s].toString();
    if (record.origin.place.isEmpty() || !record.origin.path.isAbsolute()) {
        return std::nullopt;
    }
    return record;
}

} // namespace edit
