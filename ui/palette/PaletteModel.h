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

    // `last` stands behind all matches, unless it has no title.
    void search(const QString &typed, const PaletteItem &last);

    const PaletteItem &item(const QModelIndex &index) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    QList<PaletteItem> m_items;
    PaletteItem m_last;
    QList<const PaletteItem *> m_rows; // of m_items, and m_last perhaps
};

} // namespace ui
