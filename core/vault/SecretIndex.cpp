#include "vault/SecretIndex.h"

#include <QCryptographicHash>
#include <QFile>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace vault {
namespace {

// A title as a key of an INI file: any characters, none of them special there.
QString keyOf(const SecretId &id)
{
    const QByteArray digest
        = QCryptographicHash::hash(id.title().toUtf8(), QCryptographicHash::Sha256);
    return u"remembered/"_s + QString::fromLatin1(digest.toHex());
}

} // namespace

SecretIndex::SecretIndex(const QString &iniFile)
    : m_file(iniFile, QSettings::IniFormat)
{
}

QList<SecretId> SecretIndex::ids()
{
    m_file.sync();
    QList<SecretId> ids;
    for (const QString &key : m_file.allKeys()) {
        if (const auto id = SecretId::fromTitle(m_file.value(key).toString());
            id && key == keyOf(*id)) {
            ids.append(*id);
        }
    }
    std::ranges::sort(ids, {}, &SecretId::title);
    return ids;
}

bool SecretIndex::contains(const SecretId &id)
{
    m_file.sync();
    return m_file.contains(keyOf(id));
}

void SecretIndex::add(const SecretId &id)
{
    m_file.setValue(keyOf(id), id.title());
    m_file.sync();
    // Which servers somebody uses is nobody else's business.
    QFile::setPermissions(m_file.fileName(), QFile::ReadOwner | QFile::WriteOwner);
}

void SecretIndex::remove(const SecretId &id)
{
    m_file.remove(keyOf(id));
    m_file.sync();
}

} // namespace vault
