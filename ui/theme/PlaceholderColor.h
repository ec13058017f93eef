// PlaceholderColor: keeps the hints in empty fields readable. Some platform themes give a dark
// palette without a color for them, so that Qt's own, for light ones, stays.
//
// Lives in the UI thread, as long as the QApplication whose palette it completes.

#pragma once

#include <QObject>

namespace ui {

class PlaceholderColor final : public QObject
{
    Q_OBJECT

public:
    explicit PlaceholderColor(QObject *parent = nullptr);

    bool eventFilter(QObject *watched, QEvent *event) override; // follows the desktop's theme

private:
    static void complete();
};

} // namespace ui
