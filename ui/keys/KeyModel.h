// KeyModel: the user's key files and the agent's keys, one row for each key. A key that is in both
// has one row.

#pragma once

#include "keys/AgentProtocol.h"
#include "keys/KeyList.h"

#include <QAbstractTableModel>

#include <optional>

namespace ui {

struct KeyRow
{
    std::optional<keys::OwnKey> file; // absent: only in the agent
    std::optional<keys::AgentIdentity> identity; // absent: not in the agent
    std::optional<keys::Certificate> certificate;

    QByteArray id() const; // the same for the same key after reading everything again
    QByteArray blob() const; // empty if nothing tells it
    QByteArray publicLine() const; // empty likewise
    QString title() const; // the name of the file, or the agent's comment
    bool isLoose() const { return file && file->file && file->file->isLoose; }
    bool isUsable() const { return file && file->file; }
    bool isEncrypted() const { return isUsable() && file->file->isEncrypted; }
    bool isPutty() const
    {
        return isUsable() && file->file->format == keys::KeyFile::Format::Putty;
    }
};

class KeyModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Name, Type, Comment, Passphrase, Mode, Agent, CertificateState, Fingerprint };
    static constexpr int columns = Fingerprint + 1;

    using QAbstractTableModel::QAbstractTableModel;

    void setFiles(const QList<keys::OwnKey> &files);
    void setIdentities(const QList<keys::AgentIdentity> &identities);

    const KeyRow &row(int index) const { return m_rows[index]; }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    void rebuild();
    QString text(const KeyRow &row, int column) const;

    QList<keys::OwnKey> m_files;
    QList<keys::AgentIdentity> m_identities;
    QList<KeyRow> m_rows;
};

} // namespace ui
