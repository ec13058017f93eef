#include "ui/keys/KeyModel.h"

#include "base/DisplayText.h"
#include "keys/PublicKeyBlob.h"
#include "ui/keys/KeyText.h"
#include "ui/theme/Icons.h"
#include "ui/theme/Theme.h"

#include <QApplication>
#include <QPalette>

#include <algorithm>

namespace ui {

QByteArray KeyRow::id() const
{
    return file ? file->path.toUtf8() : identity->blob;
}

QByteArray KeyRow::blob() const
{
    return file ? file->publicBlob : identity->blob;
}

QByteArray KeyRow::publicLine() const
{
    if (file) {
        return file->publicLine();
    }
    return keys::publicKeyType(identity->blob) + ' ' + identity->blob.toBase64() + ' '
        + identity->comment.simplified().toUtf8();
}

QString KeyRow::title() const
{
    return base::displayText(file ? file->path.section(QLatin1Char('/'), -1) : identity->comment);
}

void KeyModel::setFiles(const QList<keys::OwnKey> &files)
{
    m_files = files;
    rebuild();
}

void KeyModel::setIdentities(const QList<keys::AgentIdentity> &identities)
{
    m_identities = identities;
    rebuild();
}

void KeyModel::rebuild()
{
    beginResetModel();
    m_rows.clear();
    QList<keys::AgentIdentity> others = m_identities;
    for (const keys::OwnKey &file : std::as_const(m_files)) {
        KeyRow row{.file = file, .certificate = file.certificate};
        const auto found = std::ranges::find(others, file.publicBlob, &keys::AgentIdentity::blob);
        if (!file.publicBlob.isEmpty() && found != others.end()) {
            row.identity = *found;
            others.erase(found);
        }
        m_rows.append(row);
    }
    for (const keys::AgentIdentity &identity : std::as_const(others)) {
        m_rows.append(
            {.identity = identity, .certificate = keys::Certificate::parse(identity.blob)});
    }
    endResetModel();
}

int KeyModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int KeyModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : columns;
}

QString KeyModel::text(const KeyRow &row, int column) const
{
    switch (column) {
    case Name:
        return row.file ? row.title() : tr("(only in the agent)");
    case Type:
        return keyTypeOf(row.blob());
    case Comment:
        return row.file ? base::displayText(row.file->comment)
                        : base::displayText(row.identity->comment);
    case Passphrase:
        return !row.isUsable() ? QString() : row.isEncrypted() ? tr("yes") : tr("none");
    case Mode:
        return row.file ? modeText(row.file->mode) : QString();
    case Agent:
        return row.identity ? tr("loaded") : QString();
    case CertificateState:
        return row.certificate ? certificateSummary(*row.certificate) : QString();
    case Fingerprint:
        return keys::sha256Fingerprint(row.blob());
    default:
        return {};
    }
}

QVariant KeyModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid()) {
        return {};
    }
    const KeyRow &row = m_rows[index.row()];
    const bool isInTrouble = row.isLoose() || (row.file && !row.isUsable());
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
        return text(row, index.column());
    case Qt::DecorationRole:
        if (index.column() != Name) {
            return {};
        }
        return Icons::icon(isInTrouble ? QStringLiteral("warning") : QStringLiteral("key"));
    case Qt::ForegroundRole:
        if (index.column() == Mode && row.isLoose()) {
            return Theme::color(Theme::Meaning::Danger, QApplication::palette());
        }
        return {};
    default:
        return {};
    }
}

QVariant KeyModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return {};
    }
    const QStringList titles{tr("Key"),  tr("Type"),  tr("Comment"),     tr("Passphrase"),
                             tr("Mode"), tr("Agent"), tr("Certificate"), tr("Fingerprint")};
    return titles.value(section);
}

} // namespace ui
