#include "ui/files/PaneColumns.h"

#include "ui/files/FileListModel.h"
#include "ui/files/FileListView.h"

#include <QAction>
#include <QActionGroup>
#include <QDataStream>
#include <QFontDatabase>
#include <QHeaderView>
#include <QIODevice>
#include <QMenu>

#include <algorithm>
#include <array>
#include <utility>

namespace ui {
namespace {

// The first ones to go in a narrow list are at the end of what holds at first.
constexpr int lastInitial = FileListModel::Owner;

constexpr int readableNameInCharacters = 24;

QString widestText(int column)
{
    switch (column) {
    case FileListModel::Size:
        return QStringLiteral("1000.0 MB");
    case FileListModel::Modified:
    case FileListModel::Accessed:
        return QStringLiteral("2000-00-00 00:00");
    case FileListModel::Permissions:
        return QStringLiteral("drwxrwxrwx");
    case FileListModel::Octal:
        return QStringLiteral("0000");
    case FileListModel::Kind:
        return QStringLiteral("Broken link");
    case FileListModel::LinkTarget:
        return QStringLiteral("/etc/alternatives/x");
    default:
        return QStringLiteral("www-data");
    }
}

} // namespace

PaneColumns::PaneColumns(FileListView &list, FileListModel &model)
    : QObject(&list)
    , m_list(list)
    , m_model(model)
    , m_header(*list.header())
{
    setUp();
}

PaneColumns::Columns PaneColumns::initial()
{
    Columns columns;
    for (std::size_t column = 0; column <= lastInitial; ++column) {
        columns.set(column);
    }
    return columns;
}

void PaneColumns::setUp()
{
    m_header.setStretchLastSection(false);
    allowMoving();
    m_header.setSectionsClickable(true);
    m_header.setSortIndicatorShown(true);
    m_header.setSortIndicator(FileListModel::Name, Qt::AscendingOrder);
    m_header.setContextMenuPolicy(Qt::CustomContextMenu);
    m_header.setSectionResizeMode(FileListModel::Name, QHeaderView::Stretch);
    const int space = m_list.fontMetrics().averageCharWidth() * 3;
    for (int column = FileListModel::Size; column < FileListModel::columns; ++column) {
        const bool isFixed = column == FileListModel::Permissions || column == FileListModel::Octal;
        const QFontMetrics metrics = isFixed
            ? QFontMetrics(QFontDatabase::systemFont(QFontDatabase::FixedFont))
            : m_list.fontMetrics();
        const QString title
            = m_model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
        const int width = std::max(metrics.horizontalAdvance(widestText(column)),
                                   m_list.fontMetrics().horizontalAdvance(title) + space / 3);
        m_header.resizeSection(column, width + space);
        m_list.setColumnHidden(column, !m_wanted.test(static_cast<std::size_t>(column)));
    }
}

// The name stays where it is: it is what a row is recognized by.
void PaneColumns::allowMoving()
{
    m_header.setSectionsMovable(true);
    m_header.setFirstSectionMovable(false);
}

void PaneColumns::moveBack()
{
    for (int column = 0; column < FileListModel::columns; ++column) {
        m_header.moveSection(m_header.visualIndex(column), column);
    }
}

files::EntryOrder PaneColumns::order() const
{
    using Key = files::EntryOrder::Key;
    static constexpr std::array keys{Key::Name, Key::Size,       Key::ModificationTime,
                                     Key::Mode, Key::Owner,      Key::Group,
                                     Key::Mode, // in octal
                                     Key::Kind, Key::LinkTarget, Key::AccessTime};
    static_assert(keys.size() == FileListModel::columns);
    const int column = m_header.sortIndicatorSection();
    const bool isKnown = column >= 0 && column < FileListModel::columns;
    return files::EntryOrder(isKnown ? keys[static_cast<std::size_t>(column)] : Key::Name,
                             m_header.sortIndicatorOrder());
}

void PaneColumns::fit()
{
    const int nameWidth = m_list.fontMetrics().averageCharWidth() * readableNameInCharacters;
    const int room = m_list.viewport()->width();
    int needed = nameWidth;
    bool isFull = false;
    for (int column = FileListModel::Size; column < FileListModel::columns; ++column) {
        const auto bit = static_cast<std::size_t>(column);
        if (!m_wanted.test(bit)) {
            m_list.setColumnHidden(column, true);
            continue;
        }
        // A hidden section keeps its width in the header's memory only: show it to ask.
        m_list.setColumnHidden(column, false);
        const int width = m_list.columnWidth(column);
        const bool mayHide = column > FileListModel::Modified && !m_chosen.test(bit);
        isFull = isFull || needed + width > room; // what matters less than that has no room either
        if (mayHide && isFull) {
            m_list.setColumnHidden(column, true);
        } else {
            needed += width;
        }
    }
    // What the user wants to see beyond that is reached by scrolling.
    const bool mustScroll = m_chosen.any() && needed > room;
    m_header.setSectionResizeMode(FileListModel::Name,
                                  mustScroll ? QHeaderView::Fixed : QHeaderView::Stretch);
    if (mustScroll) {
        m_header.resizeSection(FileListModel::Name, nameWidth);
    }
}

void PaneColumns::choose(int column, bool isShown)
{
    const auto bit = static_cast<std::size_t>(column);
    m_wanted.set(bit, isShown);
    m_chosen.set(bit, isShown);
    fit();
}

void PaneColumns::fillMenu(QMenu &menu)
{
    for (int column = FileListModel::Size; column < FileListModel::columns; ++column) {
        QAction *action = menu.addAction(
            m_model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString());
        action->setObjectName(QStringLiteral("column%1").arg(column));
        action->setCheckable(true);
        // One that has to hide in a narrow list can be demanded.
        action->setChecked(!m_list.isColumnHidden(column));
        connect(action, &QAction::toggled, this,
                [this, column](bool isOn) { choose(column, isOn); });
    }
    menu.addSeparator();
    addUnits(menu);
    QAction *reset = menu.addAction(tr("Usual columns"));
    reset->setObjectName(QStringLiteral("columnsReset"));
    connect(reset, &QAction::triggered, this, [this] {
        m_wanted = initial();
        m_chosen.reset();
        moveBack();
        fit();
    });
}

void PaneColumns::addUnits(QMenu &menu)
{
    QMenu *units = menu.addMenu(tr("Sizes in"));
    auto *group = new QActionGroup(units);
    for (const SizeUnits choice :
         {SizeUnits::Traditional, SizeUnits::Iec, SizeUnits::Si, SizeUnits::Bytes}) {
        QAction *action = group->addAction(textOf(choice));
        action->setObjectName(QStringLiteral("units%1").arg(static_cast<int>(choice)));
        action->setCheckable(true);
        action->setChecked(choice == sizeUnits());
        units->addAction(action);
        connect(action, &QAction::triggered, this, [this, choice] {
            setSizeUnits(choice);
            emit sizeUnitsChosen(choice);
        });
    }
}

QByteArray PaneColumns::saveState() const
{
    QByteArray state;
    QDataStream out(&state, QIODevice::WriteOnly);
    out << m_header.saveState() << static_cast<quint32>(m_wanted.to_ulong())
        << static_cast<quint32>(m_chosen.to_ulong());
    return state;
}

bool PaneColumns::restoreState(const QByteArray &state)
{
    QDataStream in(state);
    QByteArray header;
    quint32 wanted = 0;
    quint32 chosen = 0;
    in >> header >> wanted >> chosen;
    if (in.status() != QDataStream::Ok || !m_header.restoreState(header)) {
        return false;
    }
    allowMoving(); // an older state says that they may not
    m_wanted = Columns(wanted).set(FileListModel::Name);
    m_chosen = Columns(chosen);
    if (m_list.isVisible()) { // else it has no width yet that they could be fitted to
        fit();
    }
    return true;
}

} // namespace ui
