#include "ui/hostkeys/HostKeyModel.h"

#include "base/DisplayText.h"
#include "hostkeys/Fingerprint.h"
#include "ui/theme/Theme.h"

#include <QApplication>
#include <QFontDatabase>
#include <QTextDocument>

#include <algorithm>

namespace ui {
namespace {

using hostkeys::KnownHosts;
using Marker = hostkeys::KnownHostsLine::Marker;

// A line may name a thousand hosts; nobody reads more than this in a table.
constexpr qsizetype longestText = 300;

QString shown(const QByteArray &bytes)
{
    return base::displayText(QByteArrayView(bytes).first(std::min(bytes.size(), longestText)));
}

QString namesText(const hostkeys::KnownHostsLine &line)
{
    QString names = line.isHashed() ? HostKeyModel::tr("(hashed name)") : shown(line.names());
    switch (line.marker()) {
    case Marker::Revoked:
        return HostKeyModel::tr("Revoked: %1").arg(names);
    case Marker::CertificateAuthority:
        return HostKeyModel::tr("Authority for: %1").arg(names);
    case Marker::Unknown:
        return HostKeyModel::tr("Unknown marker: %1").arg(names);
    case Marker::None:
        break;
    }
    return names;
}

QString typeText(const hostkeys::KnownHostsLine &line)
{
    if (!line.key()) {
        return HostKeyModel::tr("can not be read");
    }
    const QString label = base::displayText(line.key()->label());
    const int bits = line.key()->bits();
    return bits == 0 ? label : QStringLiteral("%1 %2").arg(label).arg(bits);
}

// Without the prefix, which the heading says.
QString digest(const QString &fingerprint)
{
    return fingerprint.section(u':', 1);
}

QString whereText(const KnownHosts::Entry &entry)
{
    const QString place = QStringLiteral("%1:%2")
                              .arg(base::displayText(entry.location.file))
                              .arg(entry.location.line);
    return entry.role == KnownHosts::Role::ReadOnly ? HostKeyModel::tr("%1 (read only)").arg(place)
                                                    : place;
}

QString textOf(const KnownHosts::Entry &entry, int column)
{
    const auto &key = entry.line.key();
    switch (column) {
    case HostKeyModel::Names:
        return namesText(entry.line);
    case HostKeyModel::Type:
        return typeText(entry.line);
    case HostKeyModel::Sha256:
        return key ? digest(hostkeys::Fingerprint(*key).sha256()) : QString();
    case HostKeyModel::Md5:
        return key ? digest(hostkeys::Fingerprint(*key).md5()) : QString();
    case HostKeyModel::Comment:
        return shown(entry.line.comment());
    default:
        return whereText(entry);
    }
}

bool isWarning(const hostkeys::KnownHostsLine &line)
{
    return !line.key() || line.marker() == Marker::Revoked || line.marker() == Marker::Unknown;
}

QVariant colorOf(const KnownHosts::Entry &entry, int column)
{
    const QPalette palette = QApplication::palette();
    if (column <= HostKeyModel::Type && isWarning(entry.line)) {
        return Theme::color(Theme::Meaning::Danger, palette);
    }
    const bool isQuiet = (column == HostKeyModel::Names && entry.line.isHashed())
        || (column == HostKeyModel::Where && entry.role == KnownHosts::Role::ReadOnly);
    return isQuiet ? QVariant(Theme::color(Theme::Meaning::Subtle, palette)) : QVariant();
}

} // namespace

void HostKeyModel::setEntries(const QList<KnownHosts::Entry> &entries)
{
    beginResetModel();
    m_entries = entries;
    endResetModel();
}

int HostKeyModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

int HostKeyModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : columns;
}

QVariant HostKeyModel::data(const QModelIndex &index, int role) const
{
    const KnownHosts::Entry &entry = m_entries[index.row()];
    switch (role) {
    case Qt::DisplayRole:
        return textOf(entry, index.column());
    case Qt::ToolTipRole: // a tool tip would take foreign text for markup
        return Qt::convertFromPlainText(textOf(entry, index.column()));
    case Qt::ForegroundRole:
        return colorOf(entry, index.column());
    case Qt::FontRole:
        return index.column() == Sha256 || index.column() == Md5
            ? QVariant(QFontDatabase::systemFont(QFontDatabase::FixedFont))
            : QVariant();
    default:
        return {};
    }
}

QVariant HostKeyModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case Names:
        return tr("Host");
    case Type:
        return tr("Type");
    case Sha256:
        return QStringLiteral("SHA256");
    case Md5:
        return QStringLiteral("MD5");
    case Comment:
        return tr("Comment");
    default:
        return tr("File and line");
    }
}

} // namespace ui
