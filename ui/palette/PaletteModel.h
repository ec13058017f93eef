// PaletteModel: what the palette offers, the best matches of what was typed first.

#pragma once

#include <QAbstractListModel>
#include <QIcon>
#include <QList>
#include <QString>

#include <functional>

namespace ui {

struct PaletteItem
{
    QString title; // plain text, safe to show
    QString hint; // shown at the right: what it is, or its shortcut
    QIcon icon;
    std::function<void()> run;
    QString keywords = {}; // found as well, after titles: a host, a group
};

class PaletteModel final : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role { HintRole = Qt::UserRole };

    explicit PaletteModel(QObject *parent = nullptr);

    // In the order in which they are offered before anything is typed.
    void setItems(const QList<PaletteItem> &items);
    void setTyped(const QString &typed);

    // Behind all matches, whatever was typed; gone with the next change.
    void append(const PaletteItem &item);

    const PaletteItem &item(const QModelIndex &index) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    void match();

    QList<PaletteItem> m_items;
    QString m_typed;
    QList<qsizetype> m_rows; // indexes of m_items
};

} // namespace ui
