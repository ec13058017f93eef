// PaneColumns: which columns of a file list are shown, how wide, and in which order: a title can be
// dragged to another place. A narrow list gives up columns
// that the user did not choose before names become too short to read.

#pragma once

#include "files/EntryOrder.h"
#include "ui/units/SizeText.h"

#include <QObject>

#include <bitset>

class QAction;
class QHeaderView;
class QMenu;

namespace ui {

class FileListModel;
class FileListView;

class PaneColumns final : public QObject
{
    Q_OBJECT

public:
    PaneColumns(FileListView &list, FileListModel &model);

    files::EntryOrder order() const; // that the header shows

    void fit(); // to the width of the list

    // A switch for each column, the units of sizes, and the way back to what holds at first.
    void fillMenu(QMenu &menu);

    QByteArray saveState() const;
    bool restoreState(const QByteArray &state); // also the sort order

signals:
    void sizeUnitsChosen(ui::SizeUnits units); // by the user: they hold in all windows by now

private:
    static constexpr std::size_t mostColumns = 32;
    using Columns = std::bitset<mostColumns>;

    void setUp();
    void allowMoving();
    void moveBack(); // to the order that holds at first
    void choose(int column, bool isShown);
    void addUnits(QMenu &menu);
    static Columns initial();

    FileListView &m_list;
    FileListModel &m_model;
    QHeaderView &m_header;
    Columns m_wanted = initial();
    Columns m_chosen; // by the user: shown however narrow the list is
};

} // namespace ui
