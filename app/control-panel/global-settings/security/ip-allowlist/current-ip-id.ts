/** The line that shows the current IP; it has the focus once the button that added it is gone. */
export const CURRENT_IP_ID = 'current-ip'
